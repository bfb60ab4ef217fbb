/** Programs that a sentinel has run when something happens. */
package io.releve.sentinel.scripts;
