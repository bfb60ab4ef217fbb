package io.releve.format.rdb;

/**
 * A library of functions in an RDB, a string after {@link Opcode#FUNCTION}. It is kept as bytes, whether or not there
 * is anything that can run it.
 *
 * @param code the source text with its first line, which names engine and library
 */
public record FunctionLibrary(byte[] code) {
    /**
     * Reads what follows the opcode.
     *
     * @throws RdbException also for the format of release candidates, {@link Opcode#FUNCTION_PRE_GA}
     */
    public static FunctionLibrary read(int opcode, RdbInput input) {
        if (opcode != Opcode.FUNCTION) {
            throw new RdbException("A library of functions is of a format before Redis 7.0, which is not supported");
        }
        return new FunctionLibrary(input.readString(new StringSlot()).toByteArray());
    }

    /** Writes it with its opcode. */
    public void write(RdbOutput output) {
        output.writeByte(Opcode.FUNCTION);
        output.writeString(code, 0, code.length);
    }
}
