package io.releve.format.rdb;

/**
 * Skips what a module keeps beside the keys: the module's id, when it is to be read, and values, each with a length in
 * front that says of which kind it is; 0 ends them. The id holds nine characters of six bits and a version of ten bits.
 */
final class ModuleData {
    private static final int END = 0;
    private static final int SIGNED = 1;
    private static final int UNSIGNED = 2;
    private static final int FLOAT = 3;
    private static final int DOUBLE = 4;
    private static final int STRING = 5;
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int NAME_LENGTH = 9;
    private static final int VERSION_BITS = 10;
    private static final int CHARACTER_BITS = 6;

    private final RdbInput input;

    ModuleData(RdbInput input) {
        this.input = input;
    }

    /** @return name of the module's type */
    String skip(StringSlot slot) {
        String name = name(input.readLength());
        if (input.readLength() != UNSIGNED) {
            throw new RdbException("Data of the module " + name + " is of no known format");
        }
        input.readLength();
        while (true) {
            long kind = input.readLength();
            if (kind == END) {
                return name;
            } else if (kind == SIGNED || kind == UNSIGNED) {
                input.readLength();
            } else if (kind == FLOAT) {
                input.readInt();
            } else if (kind == DOUBLE) {
                input.readLong();
            } else if (kind == STRING) {
                input.readString(slot);
            } else {
                throw new RdbException("Data of the module " + name + " is of no known format");
            }
        }
    }

    private static String name(long id) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < NAME_LENGTH; i++) {
            int shift = VERSION_BITS + CHARACTER_BITS * (NAME_LENGTH - 1 - i);
            name.append(CHARACTERS.charAt((int) (id >>> shift) & 0x3f));
        }
        return name.toString();
    }
}
