package io.releve.sentinel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Worlds of two to seven hosts with cuts, lost connections, stopped, killed and sleeping processes, slow messages, clocks of
 * different speed and full disks. {@code releve.worlds}: how many; {@code releve.seed}: only this one, and what happened in it.
 */
class SimulationTest {
    @Test
    void everyWorldKeepsItsPromisesAndHeals() {
        Long only = Long.getLong("releve.seed");
        long first = only != null ? only : Long.getLong("releve.firstSeed", 1);
        long last = only != null ? only : first + Integer.getInteger("releve.worlds", 100) - 1;
        int broken = 0;
        long failovers = 0;
        long faults = 0;
        StringBuilder found = new StringBuilder();
        for (long seed = first; seed <= last; seed++) {
            SimulatedCluster.Plan plan = plan(seed);
            SimulatedCluster cluster = new SimulatedCluster(seed, plan);
            cluster.run(60_000, 90_000);
            failovers += cluster.failovers;
            faults += cluster.faults.count;
            if (!cluster.violations.isEmpty()) {
                broken++;
                if (found.length() < 20_000) {
                    found.append("seed ").append(seed).append(' ').append(plan).append(": ")
                            .append(cluster.violations.subList(0, Math.min(3, cluster.violations.size()))).append('\n');
                }
            }
            if (only != null) {
                cluster.log.forEach(System.out::println);
            }
        }
        System.out.println((last - first + 1) + " worlds, " + faults + " faults, " + failovers + " switches seen, " + broken + " broken");
        assertEquals(0, broken, found.toString());
    }

    private static SimulatedCluster.Plan plan(long seed) {
        Random random = new Random(seed * 31 + 7);
        int need = random.nextInt(2);
        boolean witness = random.nextInt(3) == 0;
        switch (random.nextInt(5)) {
            case 0:
                return new SimulatedCluster.Plan(2, 2, 2, 2, 1, need, witness, false, false);
            case 1:
                int servers = 2 + random.nextInt(3);
                return new SimulatedCluster.Plan(2, 1 + random.nextInt(4), 1 + random.nextInt(4), servers, 1,
                        servers > 2 ? random.nextInt(3) : need, witness, false, false);
            case 2:
                int hosts = 3 + random.nextInt(5);
                boolean three = random.nextBoolean();
                return new SimulatedCluster.Plan(hosts, 1, 1, three ? 3 : 2, 2, three ? random.nextInt(3) : need, witness, false, false);
            case 3:
                return new SimulatedCluster.Plan(3 + random.nextInt(2), 1, 1, 2 + random.nextInt(2), 2, 0, false, true, false);
            default:
                return new SimulatedCluster.Plan(2 + random.nextInt(3), 2, 2, 3, 2, 0, false, random.nextBoolean(), true);
        }
    }
}
