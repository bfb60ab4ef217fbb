/** A disk in memory whose power can be cut, for tests of what must not be lost. */
package io.releve.contracts.disk;
