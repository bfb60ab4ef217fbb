package io.releve.keyspace.chronicle.collection;

import io.releve.keyspace.Type;
import java.util.ArrayList;
import java.util.List;

/** The views of collections that a call has in use. There are as many as the largest call so far needed. */
public final class Views {
    private static final Type[] TYPES = Type.values();
    /** More than these of one type are not kept after the call. */
    private static final int KEPT = 256;

    private final Space space;
    private final Structures structures;
    private final List<List<CollectionView>> views = new ArrayList<>();
    private final CollectionView[] passing = new CollectionView[TYPES.length];
    private final int[] used = new int[TYPES.length];
    private final List<CollectionView> detached = new ArrayList<>();
    private boolean inUse;

    public Views(Space space, Structures structures) {
        this.space = space;
        this.structures = structures;
        for (int i = 0; i < TYPES.length; i++) {
            views.add(new ArrayList<>());
        }
    }

    private CollectionView make(Type type) {
        return switch (type) {
            case HASH -> new HashView(space, structures);
            case SET -> new SetView(space, structures);
            case SORTED_SET -> new SortedSetView(space, structures);
            case LIST -> new ListView(space, structures);
            case STREAM -> new StreamView(space, structures);
            case STRING -> throw new IllegalArgumentException("A string is no collection");
        };
    }

    /** A view for the rest of the call. */
    public CollectionView next(int type) {
        inUse = true;
        List<CollectionView> made = views.get(type);
        if (used[type] == made.size()) {
            made.add(make(TYPES[type]));
        }
        return made.get(used[type]++);
    }

    /** An empty collection without a key. */
    public CollectionView detached(Type type) {
        CollectionView view = next(type.ordinal());
        view.detach();
        detached.add(view);
        return view;
    }

    /** The one view that is moved from entry to entry. */
    public CollectionView passing(int type) {
        if (passing[type] == null) {
            passing[type] = make(TYPES[type]);
        }
        return passing[type];
    }

    /** Views of detached collections; those that were attached have no record any more. */
    public List<CollectionView> detached() {
        return detached;
    }

    /** All views may be used again. */
    public void endCall() {
        if (!inUse) {
            return;
        }
        inUse = false;
        detached.clear();
        for (int type = 0; type < TYPES.length; type++) {
            List<CollectionView> made = views.get(type);
            for (int i = 0; i < used[type]; i++) {
                made.get(i).endCall();
            }
            used[type] = 0;
            for (int i = made.size() - 1; i >= KEPT; i--) {
                made.remove(i).close();
            }
        }
    }

    public void close() {
        for (List<CollectionView> made : views) {
            made.forEach(CollectionView::close);
        }
    }
}
