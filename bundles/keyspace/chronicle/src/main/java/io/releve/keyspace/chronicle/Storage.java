package io.releve.keyspace.chronicle;

import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.chronicle.collection.Space;
import io.releve.keyspace.chronicle.collection.Structures;
import io.releve.keyspace.chronicle.collection.Views;
import io.releve.keyspace.chronicle.directory.Directory;
import io.releve.keyspace.chronicle.directory.DirectoryState;
import io.releve.keyspace.chronicle.directory.MappedDirectory;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.KeyHash;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.tree.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;

/** What the databases of one keyspace share. */
final class Storage {
    private final Path folder;
    private final ExecutorService background;
    private final long[] seeds;
    private final byte[] secret;
    private final KeyHash hashing;
    private final PageAllocator pages;
    private final Contents contents;
    private final long draft = Memory.allocate(Directory.MAX_RECORD);
    private final long replaced = Memory.allocate(Directory.MAX_RECORD);
    private final long copied = Memory.allocate(Directory.MAX_RECORD);
    private final Stage stage = new Stage();
    private final Structures structures;
    private final Views views;
    private final KeyStage viewKeys;
    private final EncodingLimits limits;
    private int directories;
    private ChronicleSnapshot snapshot;

    /** @param directories how many directories have had a name */
    Storage(Path folder, ExecutorService background, long[] seeds, byte[] secret, int directories,
            EncodingLimits limits) {
        this.folder = folder;
        this.background = background;
        this.seeds = seeds;
        this.secret = secret;
        this.directories = directories;
        this.limits = limits;
        hashing = new KeyHash(seeds);
        pages = new PageAllocator(folder, background);
        contents = new Contents(pages);
        viewKeys = newKeyStage();
        Space space = new Space(pages, contents, hashing, stage, limits);
        structures = new Structures(space);
        views = new Views(space, structures);
    }

    /** Views of their own, whose pages are read there. */
    Views newViews(PageAllocator from, Contents strings) {
        Space space = new Space(from, strings, hashing, new Stage(), limits);
        return new Views(space, new Structures(space));
    }

    /** The snapshot that is being taken, or null. */
    ChronicleSnapshot snapshot() {
        return snapshot;
    }

    void snapshot(ChronicleSnapshot newSnapshot) {
        snapshot = newSnapshot;
    }

    KeyStage newKeyStage() {
        return new KeyStage(hashing, secret);
    }

    MappedDirectory newDirectory() throws IOException {
        return MappedDirectory.create(folder, "directory-" + directories++, hashing, background);
    }

    MappedDirectory openDirectory(DirectoryState state) throws IOException {
        return MappedDirectory.open(folder, state, hashing, background);
    }

    long[] seeds() {
        return seeds;
    }

    byte[] secret() {
        return secret;
    }

    int directories() {
        return directories;
    }

    ExecutorService background() {
        return background;
    }

    PageAllocator pages() {
        return pages;
    }

    Contents contents() {
        return contents;
    }

    /** Where a record is put together. */
    long draft() {
        return draft;
    }

    /** For a record that has just been replaced. */
    long replaced() {
        return replaced;
    }

    /** For a record that is being copied. */
    long copied() {
        return copied;
    }

    Structures structures() {
        return structures;
    }

    /** Views of collections, for all databases. */
    Views views() {
        return views;
    }

    /** For the views, whose keys come out of a directory. */
    KeyStage viewKeys() {
        return viewKeys;
    }

    void close() {
        pages.close();
        viewKeys.close();
        views.close();
        stage.close();
        Memory.free(draft);
        Memory.free(replaced);
        Memory.free(copied);
    }
}
