package io.releve.keyspace.chronicle.collection;

import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.KeyHash;
import io.releve.keyspace.chronicle.table.Table;
import io.releve.keyspace.chronicle.tree.Shape;
import io.releve.keyspace.chronicle.tree.Stage;
import io.releve.keyspace.chronicle.tree.Tree;

/** What the collections of a keyspace share. */
public record Space(PageAllocator pages, Contents contents, KeyHash hashing, Stage stage, EncodingLimits limits) {
    Table table(int values) {
        return new Table(pages, contents, hashing, values);
    }

    Tree tree(Shape shape) {
        return new Tree(pages, contents, shape, stage);
    }
}
