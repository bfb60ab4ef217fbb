package io.releve.commands.scripting;

import io.releve.bytes.Bytes;
import io.releve.command.CommandException;
import io.releve.format.rdb.DumpPayload;
import io.releve.format.rdb.FunctionLibrary;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.RdbInput;
import java.util.ArrayList;
import java.util.List;

/** What FUNCTION DUMP answers: libraries as they stand in an RDB file, and the footer of DUMP. */
final class LibraryPayload {
    private static final CommandException DAMAGED =
            new CommandException("ERR DUMP payload version or checksum are wrong");

    private LibraryPayload() {
    }

    static byte[] of(List<byte[]> libraries) {
        return DumpPayload.ofFunctions(libraries).toByteArray();
    }

    static List<byte[]> read(Bytes argument) {
        if (!DumpPayload.isSound(argument)) {
            throw DAMAGED;
        }
        Bytes payload = argument.copy();
        RdbInput input = new RdbInput(payload);
        List<byte[]> libraries = new ArrayList<>();
        try {
            while (input.position() < payload.length() - DumpPayload.FOOTER) {
                int opcode = input.readByte();
                libraries.add(FunctionLibrary.read(opcode, input).code());
            }
        } catch (RdbException e) {
            throw new CommandException("ERR given type is not a function");
        }
        return libraries;
    }
}
