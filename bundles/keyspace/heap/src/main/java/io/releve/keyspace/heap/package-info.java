/** Data in plain Java objects: for tests, for the embedded use, and as the shortest example of a keyspace. */
package io.releve.keyspace.heap;
