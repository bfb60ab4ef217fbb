package io.releve.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the lab needs of the machine it runs on. */
final class Requirements {
    private Requirements() {
    }

    /** @throws LabException says in one sentence what is missing */
    static void check(Options options) throws IOException {
        if (!Files.isDirectory(Path.of("/proc/self/ns"))) {
            throw new LabException("network namespaces are needed, which only Linux has");
        }
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            throw new LabException("only root can make the network namespaces that stand for the machines; start it with sudo");
        }
        program("ip", "of the package iproute2");
        program("nsenter", "of the package util-linux");
        if (options.servers == Software.REDIS) {
            program("redis-server", "for --servers redis");
        }
        if (options.sentinels == Software.REDIS) {
            program("redis-sentinel", "for --sentinels redis");
        }
        if (Files.readAllLines(Path.of("/proc/self/net/dev")).stream().skip(2).anyMatch(line -> !line.strip().startsWith("lo:"))) {
            throw new LabException("start it as 'releve lab', with unshare of the package util-linux on the PATH: it needs an empty"
                    + " network, as its addresses may be taken in this one");
        }
        String obstacle = Network.obstacle();
        if (obstacle != null) {
            throw new LabException("network namespaces cannot be made here: " + obstacle);
        }
    }

    private static void program(String name, String why) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                return;
            }
        }
        throw new LabException(name + " is not on the PATH; it is needed (" + why + ")");
    }
}
