package io.releve.embedded;

/** A member of a sorted set with its score. */
public record Scored<T>(T member, double score) {
}
