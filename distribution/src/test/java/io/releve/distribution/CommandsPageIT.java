package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/commands.md} is what the build makes of the commands. To write it anew:
 * {@code mvn -pl distribution verify -Dit.test=CommandsPageIT -Dreleve.write=true} after the commands were installed.
 */
class CommandsPageIT {
    private static final Path PAGE = Path.of("../docs/commands.md");
    private static final Path REDIS = Path.of("src/main/commands-7.2.txt");

    @Test
    void thePageIsUpToDate() throws Exception {
        CommandsPage page = CommandsPage.ofPackage();
        assertTrue(page.specs().size() > 60, "commands were not found: " + page.specs());
        String text = page.text(REDIS);
        if (Boolean.getBoolean("releve.write")) {
            Files.writeString(PAGE, text);
        }
        assertEquals(text, Files.readString(PAGE), "docs/commands.md is out of date; write it anew with"
                + " mvn -pl distribution verify -Dit.test=CommandsPageIT -Dreleve.write=true");
    }
}
