package io.releve.keyspace.chronicle;

import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.map.ChronicleMap;

/** What this keyspace needs of the machine, the JVM and the framework. */
final class Environment {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Environment() {
    }

    /** @throws IOException naming everything that is missing */
    static void check() throws IOException {
        List<String> missing = new ArrayList<>();
        Module java = Object.class.getModule();
        Module chronicle = ChronicleMap.class.getModule();
        if (!java.isOpen("java.lang.reflect", chronicle)) {
            missing.add("the JVM flag --add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
        }
        for (String name : List.of("sun.nio.ch", "jdk.internal.ref")) {
            if (!java.isExported(name, chronicle)) {
                missing.add("the JVM flag --add-exports=java.base/" + name + "=ALL-UNNAMED");
            }
        }
        if (!isVisible("sun.nio.ch.FileChannelImpl") || !isVisible("jdk.internal.ref.Cleaner")) {
            missing.add("the bundle io.releve.chronicle.extension, or the framework property"
                    + " org.osgi.framework.system.packages.extra=sun.nio.ch,jdk.internal.ref");
        }
        if (!Memory.isLittleEndian()) {
            missing.add("a little-endian machine");
        }
        if (!missing.isEmpty()) {
            throw new IOException("The keyspace chronicle needs " + String.join(", ", missing)
                    + "; keyspace heap needs nothing of that");
        }
        // must be set before Chronicle's first class is initialised
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
    }

    private static boolean isVisible(String name) {
        try {
            Class.forName(name, false, ChronicleMap.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Names this run of the kernel; empty where there is no such name. */
    static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
