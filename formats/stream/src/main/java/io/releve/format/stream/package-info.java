/** What belongs to a stream beside its entries, as records of a {@link io.releve.keyspace.StreamValue}. */
package io.releve.format.stream;
