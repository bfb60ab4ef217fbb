package io.releve.commands.strings.bitmaps;

import io.releve.command.Command;
import java.util.List;

/** The commands of the group {@code bitmap}. */
public final class Bitmaps {
    private Bitmaps() {
    }

    public static List<Command> commands() {
        return List.of(new SetBit(), new GetBit(), new BitCount(), new BitPos(), new BitOp(), BitField.readWrite(),
                BitField.readOnly());
    }
}
