package io.releve.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.releve.bytes.Bytes;
import io.releve.command.CommandSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommandTableTest {
    private static CommandSlot slot(String name) {
        return new CommandSlot(CommandSpec.command(name, 1).build(), null, new TreeMap<>());
    }

    @Test
    void findsEveryNameInAnyCaseAndNothingElse() {
        Random random = new Random(1);
        List<CommandSlot> slots = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StringBuilder name = new StringBuilder("N").append(i % 7 == 0 ? "_" : "");
            for (int k = random.nextInt(12); k >= 0; k--) {
                name.append((char) ('A' + random.nextInt(26)));
            }
            String unique = name.append((char) ('A' + i % 26)).append((char) ('A' + i / 26)).toString();
            slots.add(slot(unique));
        }
        CommandTable table = new CommandTable(slots);
        for (CommandSlot slot : slots) {
            String name = slot.spec.name();
            byte[] text = (random.nextBoolean() ? name.toLowerCase(Locale.ROOT) : name).getBytes(StandardCharsets.US_ASCII);
            byte[] around = new byte[text.length + 20];
            random.nextBytes(around);
            int at = random.nextInt(21);
            System.arraycopy(text, 0, around, at, text.length);
            Bytes view = new Bytes(around, at, text.length);
            assertEquals(slot, table.find(view));
            assertNull(table.find(new Bytes(around, at, text.length - 1)));
            for (int bit = 0; bit < 8; bit++) {
                byte[] other = text.clone();
                other[random.nextInt(other.length)] ^= 1 << bit;
                CommandSlot found = table.find(new Bytes(other));
                if (found != null) {
                    assertEquals(found.spec.name(), new String(other, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT));
                }
            }
        }
        assertNull(table.find(new Bytes()));
    }
}
