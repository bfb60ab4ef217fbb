package io.releve.format.rdb;

import io.releve.bytes.Bytes;

/**
 * Reads a whole RDB of the versions 1 to 12 (see {@link RdbFileWriter}), a file or what a replica receives. It waits
 * for no byte beyond its end; what the source gave beyond it is {@link #rest}. Every error is an {@link RdbException}
 * that says at which byte, in which key and what was expected; what the source and the visitor throw otherwise passes
 * through. After an error it is of no further use. Not for several threads.
 */
public final class RdbFileReader {
    /** The newest version of the format that is read. */
    public static final int NEWEST_VERSION = 12;

    /** What is known about the check at the end. */
    public enum Checksum {
        /** The end has not been reached. */
        PENDING,
        /** It is of a version before 5, which has none. */
        NONE,
        /** It was written without ({@code rdbchecksum no}). */
        DISABLED,
        /** It is right. */
        GOOD,
        /** It is wrong, which was not to be looked at. */
        IGNORED
    }

    private static final int FIRST_CHECKED_VERSION = 5;
    private static final long MILLISECONDS = 1000;
    /** Bytes between two reports of progress. */
    private static final int PROGRESS = 1 << 20;
    private static final RdbType[] TYPES = new RdbType[256];

    static {
        for (RdbType type : RdbType.values()) {
            TYPES[type.code()] = type;
        }
    }

    private final RdbInput input;
    private final RdbVisitor visitor;
    private final boolean verify;
    private final RdbKey key;
    private final StringSlot slot = new StringSlot();
    private final StringSlot other = new StringSlot();
    private int version;
    private Checksum checksum = Checksum.PENDING;
    private long nextProgress = PROGRESS;
    /** What is being read, for errors. */
    private String part = "the beginning";
    private boolean inKey;

    /** @param verify whether a wrong check at the end is an error */
    public RdbFileReader(RdbInput.Source source, RdbVisitor visitor, boolean verify) {
        this(new RdbInput(source), visitor, verify);
    }

    /** Reads from bytes that are there. */
    public RdbFileReader(Bytes file, RdbVisitor visitor, boolean verify) {
        this(new RdbInput(file), visitor, verify);
    }

    private RdbFileReader(RdbInput input, RdbVisitor visitor, boolean verify) {
        this.input = input;
        this.visitor = visitor;
        this.verify = verify;
        key = new RdbKey(new ValueReader(input));
    }

    /** Reads to the end. */
    public void read() {
        while (next()) {
            // Everything is told to the visitor.
        }
    }

    /**
     * Reads on up to and including the next thing that is told to the visitor.
     *
     * @return false when that was the end
     */
    public boolean next() {
        if (checksum != Checksum.PENDING) {
            return false;
        }
        try {
            if (version == 0) {
                readHeader();
                return true;
            }
            return readNext();
        } catch (RdbException e) {
            throw new RdbException("Byte " + input.position() + ", " + part() + ": " + e.getMessage(),
                    input.position());
        }
    }

    private String part() {
        if (!inKey) {
            return part;
        }
        return part + " " + Quoted.text(key.name) + " (" + key.type + ", database " + key.database + ")";
    }

    /** Bytes read so far; after the end, the length of the RDB. */
    public long position() {
        return input.position();
    }

    /** What the source has given beyond {@link #position}: after the end, the beginning of what follows. A view. */
    public Bytes rest() {
        return input.rest();
    }

    /** 0 until it is known. */
    public int version() {
        return version;
    }

    public Checksum checksum() {
        return checksum;
    }

    private void readHeader() {
        for (byte expected : RdbFileWriter.MAGIC) {
            if (input.readByte() != expected) {
                throw new RdbException("It does not begin with REDIS, so it is no RDB");
            }
        }
        int number = 0;
        for (int i = 0; i < RdbFileWriter.VERSION_DIGITS; i++) {
            int digit = input.readByte() - '0';
            if (digit < 0 || digit > 9) {
                throw new RdbException("Behind REDIS there is no version of four digits");
            }
            number = 10 * number + digit;
        }
        if (number < 1 || number > NEWEST_VERSION) {
            throw new RdbException("The version of the format is " + number + ", and only those from 1 to "
                    + NEWEST_VERSION + " can be read");
        }
        version = number;
        visitor.version(number);
    }

    private boolean readNext() {
        if (input.position() >= nextProgress) {
            nextProgress = input.position() + PROGRESS;
            visitor.progress(input.position());
        }
        part = "between keys";
        inKey = false;
        key.clear();
        while (true) {
            int code = input.readByte();
            switch (code) {
                case Opcode.EXPIRE_MILLISECONDS -> key.expireAt = past(input.readLong());
                case Opcode.EXPIRE_SECONDS -> key.expireAt = Math.max(0, input.readInt() * MILLISECONDS);
                case Opcode.IDLE -> key.idle = readNumber("an idle time");
                case Opcode.FREQUENCY -> key.frequency = input.readByte();
                case Opcode.EOF -> {
                    readEnd();
                    return false;
                }
                default -> {
                    if (TYPES[code] != null) {
                        readKey(TYPES[code]);
                    } else {
                        readOther(code);
                    }
                    return true;
                }
            }
        }
    }

    /** A time before the epoch is past as well; -1 in a file means what {@link io.releve.keyspace.Value#NEVER} does. */
    private static long past(long time) {
        return time < -1 ? 0 : time;
    }

    private long readNumber(String what) {
        long number = input.readLength();
        if (number < 0) {
            throw new RdbException("It has " + what + " of 2^63 or more");
        }
        return number;
    }

    private void readKey(RdbType type) {
        part = "the name of a key";
        key.type = type;
        key.name = input.readString(key.slot);
        part = "key";
        inKey = true;
        visitor.key(key);
        if (!key.read) {
            key.discard();
        }
    }

    private void readOther(int code) {
        switch (code) {
            case Opcode.AUX -> {
                part = "a field about the file";
                Bytes name = input.readString(slot);
                visitor.aux(name, input.readString(other));
            }
            case Opcode.SELECT_DB -> {
                part = "the number of a database";
                long index = input.readLength();
                if (index < 0 || index > Integer.MAX_VALUE) {
                    throw new RdbException("There is no database of the number " + Long.toUnsignedString(index));
                }
                key.database = (int) index;
                visitor.database((int) index);
            }
            case Opcode.RESIZE_DB -> {
                part = "the sizes of a database";
                visitor.sizes(readNumber("a number of keys"), readNumber("a number of keys"));
            }
            case Opcode.SLOT_INFO -> {
                part = "a slot of a cluster";
                input.readLength();
                input.readLength();
                input.readLength();
            }
            case Opcode.FUNCTION, Opcode.FUNCTION_PRE_GA -> {
                part = "a library of functions";
                visitor.function(FunctionLibrary.read(code, input));
            }
            case Opcode.MODULE_AUX -> {
                part = "data of a module";
                visitor.module(new ModuleData(input).skip(slot));
            }
            // It says which kind of value this is that is not supported.
            default -> RdbType.of(code);
        }
    }

    private void readEnd() {
        part = "the end";
        if (version < FIRST_CHECKED_VERSION) {
            checksum = Checksum.NONE;
            return;
        }
        long computed = input.crc();
        long written = input.readLong();
        if (written == 0) {
            checksum = Checksum.DISABLED;
        } else if (written == computed) {
            checksum = Checksum.GOOD;
        } else if (verify) {
            throw new RdbException("The checksum is %016x and should be %016x: something before it is damaged"
                    .formatted(written, computed));
        } else {
            checksum = Checksum.IGNORED;
        }
    }
}
