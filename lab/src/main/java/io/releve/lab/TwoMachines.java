package io.releve.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The set-up of the article: machines A and B, and a third one for clients, and for the witness if there is to be one. All
 * methods that wait throw {@link LabException} when it takes too long.
 */
public final class TwoMachines implements AutoCloseable {
    /** Index of the third machine. */
    static final int THIRD = 2;
    private static final int SETTLE_MS = 60_000;
    private static final int AGREE_MS = 60_000;
    /** What sentinels that do not say when they know each other get to do so: some hellos, of 2 s each. */
    private static final int HELLOS_MS = 6_000;

    private final Network network;
    private final List<Machine> machines = new ArrayList<>();
    private final Part witness;
    private final boolean settles;

    private TwoMachines(Setup setup, Network network) throws IOException {
        this.network = network;
        witness = setup.witness() ? Machine.witness(setup, network, THIRD) : null;
        for (int i = 0; i < 2; i++) {
            machines.add(new Machine(i, setup, network, witness == null ? null : witness.endpoint()));
        }
        settles = setup.sentinels() == Software.RELEVE;
    }

    /** Builds and starts it. */
    public static TwoMachines start(Setup setup, Addressing addressing) {
        TwoMachines made = build(setup, addressing);
        try {
            made.start();
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    /** Builds it; what is built must be closed even if it does not start. */
    static TwoMachines build(Setup setup, Addressing addressing) {
        Network network = Network.create(3, addressing);
        try {
            return new TwoMachines(setup, network);
        } catch (IOException e) {
            network.close();
            throw new LabException("the files cannot be written: " + e.getMessage(), e);
        }
    }

    /** Returns once B follows A and the sentinels know each other. */
    void start() {
        // sentinels that know nobody yet would each elect themselves, were the master not there after down-after
        startAll(machines.stream().map(Machine::server).toList());
        if (witness != null) {
            startAll(List.of(witness));
        }
        startAll(sentinels());
        Wait.until("B is not A's replica", SETTLE_MS, () -> machine(1).follows());
        Wait.until("the sentinels do not know the replica", SETTLE_MS, () -> {
            for (Part sentinel : sentinels()) {
                if (!sentinel.endpoint().monitored(Machine.MASTER).get("num-slaves").equals("1")) {
                    return false;
                }
            }
            return true;
        });
        if (settles) {
            Wait.until("the sentinels do not settle their membership", SETTLE_MS, () -> machine(0).isSettled() && machine(1).isSettled());
        } else {
            Wait.sleep(HELLOS_MS);
        }
    }

    private static void startAll(List<Part> parts) {
        parts.forEach(Part::start);
        parts.forEach(Part::awaitReady);
    }

    public Machine machine(int index) {
        return machines.get(index);
    }

    Machine other(Machine machine) {
        return machine(1 - machine.index());
    }

    public Network network() {
        return network;
    }

    /** Null without one. */
    Part witness() {
        return witness;
    }

    /** All four. */
    List<Part> sentinels() {
        List<Part> all = new ArrayList<>();
        machines.forEach(machine -> all.addAll(machine.sentinels()));
        return all;
    }

    List<Part> parts() {
        List<Part> all = new ArrayList<>();
        machines.forEach(machine -> all.addAll(machine.parts()));
        if (witness != null) {
            all.add(witness);
        }
        return all;
    }

    /** Where clients ask. */
    public List<Endpoint> sentinelEndpoints() {
        return sentinels().stream().map(Part::endpoint).toList();
    }

    /** As if its power failed: nobody says good-bye, not even the network. */
    public void powerOff(Machine machine) {
        network.unplug(machine.index());
        machine.parts().forEach(Part::kill);
    }

    /** Connects it again, with nothing running on it. */
    public void plugIn(Machine machine) {
        network.plugIn(machine.index());
    }

    /** Starts all that does not run on it, at once, as a machine does. */
    public void powerOn(Machine machine) {
        plugIn(machine);
        machine.server().start();
        machine.sentinels().forEach(Part::start);
    }

    /** The one whose server says that it leads, if it is the only one. */
    Machine leader() throws IOException {
        Machine leader = null;
        for (Machine machine : machines) {
            if (machine.leads()) {
                if (leader != null) {
                    throw new IOException("both lead");
                }
                leader = machine;
            }
        }
        if (leader == null) {
            throw new IOException("nobody leads");
        }
        return leader;
    }

    /** Waits until its server leads. @return ms */
    public long awaitLeads(Machine machine, long timeoutMs) {
        return Wait.until(machine.name() + " was not promoted", timeoutMs, machine::leads);
    }

    /** Waits until the sentinels of a machine say that its own server leads. */
    public void awaitNamed(Machine machine) {
        Wait.until("the sentinels of " + machine.name() + " do not name it", AGREE_MS, () -> {
            for (Part sentinel : machine.sentinels()) {
                if (!machine.server().endpoint().equals(sentinel.endpoint().leader(Machine.MASTER))) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Waits until its server is a replica with everything. @return ms */
    public long awaitFollows(Machine machine, long timeoutMs) {
        return Wait.until(machine.name() + " was not in sync again", timeoutMs, machine::follows);
    }

    /** Waits until one leads, the other follows, and all sentinels say so. @return who leads */
    public Machine awaitAgreement() {
        Machine[] leader = new Machine[1];
        Wait.until("not one master, one replica, and all sentinels of one mind", AGREE_MS, () -> {
            leader[0] = leader();
            if (!other(leader[0]).follows()) {
                throw new IOException(other(leader[0]).name() + " does not follow");
            }
            for (Part sentinel : sentinels()) {
                Endpoint named = sentinel.endpoint().leader(Machine.MASTER);
                if (!leader[0].server().endpoint().equals(named)) {
                    throw new IOException("sentinel " + sentinel.name() + " names " + named);
                }
            }
            return true;
        });
        return leader[0];
    }

    public String output() {
        return machine(0).output() + machine(1).output();
    }

    @Override
    public void close() {
        parts().forEach(Part::close);
        network.close();
    }
}
