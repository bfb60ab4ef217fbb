package io.releve.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the parts stand at a moment.
 *
 * @param lines for people
 * @param leader the only one that leads, or null
 * @param agreed whether the other one follows it with everything, and every sentinel says so
 */
record View(List<String> lines, Machine leader, boolean agreed) {
    /** Asks all that can answer. */
    static View of(TwoMachines lab) {
        List<String> lines = new ArrayList<>();
        List<Machine> leading = new ArrayList<>();
        boolean agreed = true;
        for (int i = 0; i < 2; i++) {
            Machine machine = lab.machine(i);
            String role = role(machine, leading);
            StringBuilder line = new StringBuilder(machine.name()).append(": ").append(role);
            for (Part sentinel : machine.sentinels()) {
                line.append("  ").append(sentinel.name()).append(" says ").append(named(lab, sentinel));
            }
            lines.add(line.toString());
            agreed &= role.equals("master") || role.equals("replica, in sync");
        }
        if (lab.witness() != null) {
            lines.add("witness: " + (lab.witness().isAlive() ? "up" : "off"));
        }
        Machine leader = leading.size() == 1 ? leading.get(0) : null;
        if (leader != null) {
            for (Part sentinel : lab.sentinels()) {
                agreed &= named(lab, sentinel).equals(leader.name());
            }
        }
        return new View(lines, leader, agreed && leader != null);
    }

    private static String role(Machine machine, List<Machine> leading) {
        if (!machine.server().isAlive()) {
            return "off";
        }
        if (machine.server().isPaused()) {
            return "asleep";
        }
        try {
            Map<String, String> fields = machine.replication();
            if (fields.get("role").equals("master")) {
                leading.add(machine);
                return "master";
            }
            return machine.follows() ? "replica, in sync" : "replica, link " + fields.get("master_link_status");
        } catch (IOException | RuntimeException e) {
            return "no answer";
        }
    }

    private static String named(TwoMachines lab, Part sentinel) {
        if (!sentinel.isAlive()) {
            return "-";
        }
        try {
            Endpoint leader = sentinel.endpoint().leader(Machine.MASTER);
            for (int i = 0; i < 2; i++) {
                if (lab.machine(i).server().endpoint().equals(leader)) {
                    return lab.machine(i).name();
                }
            }
            return String.valueOf(leader);
        } catch (IOException e) {
            return "?";
        }
    }
}
