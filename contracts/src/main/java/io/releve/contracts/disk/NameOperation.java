package io.releve.contracts.disk;

/**
 * A name was given, taken or both: it happens as a whole or not at all.
 *
 * @param from where the name was taken from, or null
 * @param to where it was given, or null
 */
record NameOperation(Directory from, String oldName, Directory to, String newName, Stored stored) {
    boolean concerns(Directory directory) {
        return from == directory || to == directory;
    }

    /** It is certain. */
    void apply() {
        if (from != null && from.certain.get(oldName) == stored) {
            from.certain.remove(oldName);
        }
        if (to != null) {
            to.certain.put(newName, stored);
        }
    }
}
