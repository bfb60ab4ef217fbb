package io.releve.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** One run of a scenario, on a set-up that was just started. */
final class Trial {
    private static final int POWER_OFF_MS = 10_000;
    private static final int CUT_MS = 15_000;
    private static final int KILLED_MS = 10_000;
    private static final int ASLEEP_MS = 5_000;
    private static final int PATIENT_MS = 20_000;
    private static final int IMPATIENT_MS = 1_000;
    private static final int PROMOTION_MS = 30_000;
    private static final int BACK_MS = 90_000;
    private static final int WRITES_MS = 60_000;

    private final TwoMachines lab;
    private final Scenario scenario;
    private final int rate;
    private final int times;
    private final List<Change> changes = new ArrayList<>();
    private RemoteLoad load;
    private int acknowledged;
    private int lost;
    private int fixedAcknowledged;
    private int fixedLost;
    private String problem;

    /** @param times that the scenarios with several changes make one */
    Trial(TwoMachines lab, Scenario scenario, int rate, int times) {
        this.lab = lab;
        this.scenario = scenario;
        this.rate = rate;
        this.times = times;
    }

    Outcome run(int run) {
        try {
            try (RemoteLoad asking = RemoteLoad.asking("load", lab.network(), TwoMachines.THIRD, lab.sentinelEndpoints(), rate,
                    scenario == Scenario.F ? PATIENT_MS : IMPATIENT_MS)) {
                load = asking;
                load.awaitMore(2 * rate, WRITES_MS);
                act();
                Machine leader = lab.awaitAgreement();
                Acknowledged all = load.stop();
                acknowledged = all.count();
                lost = all.lost(leader.server().endpoint());
            }
        } catch (LabException | IOException e) {
            failed(e.getMessage());
        }
        Leaders leaders = Leaders.of(lab.sentinels());
        if (leaders.problem() != null) {
            failed(leaders.problem());
        }
        return new Outcome(scenario, run, changes, acknowledged, lost, fixedAcknowledged, fixedLost, leaders.byEpoch(), problem);
    }

    private void failed(String what) {
        problem = problem == null ? what : problem + "; " + what;
    }

    private void act() throws IOException {
        switch (scenario) {
            case A -> powerCycle();
            case B -> cut();
            case C -> {
                Machine master = lab.leader();
                change(master, KILLED_MS, timed(master.server()::kill), master.server()::start);
            }
            case D -> failover(0);
            case E -> {
                for (int i = 0; i < times; i++) {
                    powerCycle();
                }
            }
            case F -> {
                Machine master = lab.leader();
                change(master, ASLEEP_MS, timed(master.server()::pause), master.server()::resume);
            }
            case FAILOVERS -> failovers();
        }
    }

    private void powerCycle() throws IOException {
        Machine master = lab.leader();
        change(master, POWER_OFF_MS, timed(() -> lab.powerOff(master)), () -> lab.powerOn(master));
    }

    private void cut() throws IOException {
        Machine master = lab.leader();
        try (RemoteLoad fixed = RemoteLoad.fixed("fixed", lab.network(), master.index(), master.server().endpoint(), rate, IMPATIENT_MS)) {
            fixed.awaitMore(rate, WRITES_MS);
            change(master, CUT_MS, timed(() -> lab.network().cut(master.index())), () -> lab.network().heal(master.index()));
            Acknowledged all = fixed.stop();
            fixedAcknowledged = all.count();
            fixedLost = all.lost(lab.leader().server().endpoint());
        }
    }

    /** @param number of the sentinel that is told */
    private void failover(int number) throws IOException {
        Endpoint sentinel = lab.sentinels().get(number % lab.sentinels().size()).endpoint();
        change(lab.leader(), 0, () -> {
            long[] asked = new long[1];
            Wait.until("sentinel " + sentinel + " refuses a failover", PROMOTION_MS, () -> {
                asked[0] = Wait.now();
                sentinel.ask("SENTINEL", "FAILOVER", Machine.MASTER);
                return true;
            });
            return asked[0];
        }, () -> { });
    }

    /** After each of them all answered writes must be at the new master. */
    private void failovers() throws IOException {
        Acknowledged known = load.acknowledged();
        for (int i = 0; i < times; i++) {
            failover(i);
            Acknowledged now = load.acknowledged();
            int missing = now.since(known).lost(lab.leader().server().endpoint());
            if (missing > 0) {
                failed("failover " + (i + 1) + " lost " + missing + " writes");
            }
            known = now;
        }
    }

    private static LongSupplier timed(Runnable event) {
        return () -> {
            long now = Wait.now();
            event.run();
            return now;
        };
    }

    /**
     * @param outageMs from the event until it is undone; 0: it is over when the other has been promoted
     * @param event what befalls the master; returns when
     */
    private void change(Machine master, long outageMs, LongSupplier event, Runnable undo) throws IOException {
        Machine other = lab.other(master);
        Map<String, String> before = other.server().endpoint().info("stats");
        load.mark();
        long began = event.getAsLong();
        Long promoted = null;
        try {
            lab.awaitLeads(other, outageMs == 0 ? PROMOTION_MS : outageMs - (Wait.now() - began));
            promoted = Wait.now() - began;
        } catch (LabException e) {
            failed(e.getMessage());
        }
        if (outageMs > 0) {
            Wait.sleep(began + outageMs - Wait.now());
        }
        long undone = Wait.now();
        undo.run();
        Long back = null;
        String resync = null;
        if (promoted != null) {
            try {
                lab.awaitFollows(master, BACK_MS);
                back = Wait.now() - undone;
                resync = resync(before, other.server().endpoint().info("stats"));
            } catch (LabException e) {
                failed(e.getMessage());
            }
        }
        try {
            lab.awaitAgreement();
            load.awaitMore(rate / 3, WRITES_MS);
        } finally {
            changes.add(new Change(promoted, load.gap(), back, resync));
        }
    }

    private static String resync(Map<String, String> before, Map<String, String> after) {
        return !before.get("sync_full").equals(after.get("sync_full")) ? "full"
                : !before.get("sync_partial_ok").equals(after.get("sync_partial_ok")) ? "partial" : null;
    }
}
