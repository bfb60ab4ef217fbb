/** What every journal must pass, and the small server in which it is tried. */
package io.releve.contracts.journal;
