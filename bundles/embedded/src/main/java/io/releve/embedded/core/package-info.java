/** How commands of the embedded API reach the engine. */
package io.releve.embedded.core;
