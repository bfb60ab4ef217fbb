package io.releve.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Machines as far as the network is concerned: a namespace each, with an interface that has two addresses. Whoever made the
 * network, the observer, reaches all of them. Each pair has a link of its own, which can be cut so that packets are lost
 * without a word.
 *
 * <p>Every machine plugs into a bridge of its own, and the bridges are linked in pairs. The ends of these links are isolated ports:
 * they pass packets to and from the machine only, so that no packet goes round or takes a way through a third bridge. All
 * bridges are in one more namespace; the machines' own interfaces stay up in a cut.
 */
public final class Network implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Pattern OWNED = Pattern.compile("releve-(\\d+)(?:x\\d+)?-(?:\\d+|bridges|probe)");

    private final Addressing addressing;
    private final int machines;
    private final String name;
    private final String bridges;
    private final String outside;

    private Network(int machines, Addressing addressing) {
        this.machines = machines;
        this.addressing = addressing;
        String unique = ProcessHandle.current().pid() + (COUNT.getAndIncrement() == 0 ? "" : "x" + COUNT.get());
        name = "releve-" + unique + "-";
        bridges = name + "bridges";
        outside = "rlv" + unique;
    }

    /** @throws LabException where namespaces cannot be made */
    public static Network create(int machines, Addressing addressing) {
        deleteAbandoned();
        Network made = new Network(machines, addressing);
        try {
            made.connect();
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    /** Those of processes that were killed before they could. What still runs in one goes on, where nobody hears it. */
    private static void deleteAbandoned() {
        for (String space : Ip.namespaces()) {
            Matcher owner = OWNED.matcher(space);
            if (owner.matches() && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty()) {
                Ip.run("netns", "del", space);
            }
        }
    }

    /** Why this process cannot make networks, or null when it can. */
    public static String obstacle() {
        String probe = "releve-" + ProcessHandle.current().pid() + "-probe";
        String failure = Ip.run("netns", "add", probe);
        if (failure == null) {
            Ip.run("netns", "del", probe);
            return null;
        }
        return failure.strip();
    }

    private void connect() {
        List<String> spaces = new ArrayList<>(List.of("netns add " + bridges, "link set lo up"));
        List<String> inside = new ArrayList<>();
        for (int i = 0; i <= machines; i++) {
            inside.add("link add br" + i + " type bridge");
            inside.add("link set br" + i + " up");
        }
        for (int i = 0; i < machines; i++) {
            spaces.add("netns add " + name + i);
            inside.add("link add port" + i + " type veth peer name eth0 netns " + name + i);
            plug(inside, "port" + i, i);
        }
        spaces.add("link add " + outside + " type veth peer name port" + machines + " netns " + bridges);
        for (String address : addressing.ofObserver()) {
            spaces.add("addr add " + address + " dev " + outside);
        }
        spaces.add("link set " + outside + " up");
        plug(inside, "port" + machines, machines);
        for (int i = 0; i <= machines; i++) {
            for (int j = i + 1; j <= machines; j++) {
                inside.add("link add " + link(i, j) + " type veth peer name " + link(j, i));
                for (String[] end : new String[][] {{link(i, j), "" + i}, {link(j, i), "" + j}}) {
                    plug(inside, end[0], Integer.parseInt(end[1]));
                    inside.add("link set " + end[0] + " type bridge_slave isolated on");
                }
            }
        }
        Ip.batch(null, spaces);
        Ip.batch(bridges, inside);
        for (int i = 0; i < machines; i++) {
            Ip.batch(name + i, List.of("addr add " + address(i) + "/24 dev eth0", "addr add " + secondAddress(i) + "/24 dev eth0",
                    "link set eth0 up", "link set lo up"));
        }
    }

    private static void plug(List<String> commands, String port, int bridge) {
        commands.add("link set " + port + " master br" + bridge + " up");
    }

    /** The end of a link at the first one's bridge. */
    private static String link(int here, int there) {
        return "to" + here + "-" + there;
    }

    /** @param machine from 0 */
    public String address(int machine) {
        return addressing.first(machine);
    }

    /** Of the same machine. */
    public String secondAddress(int machine) {
        return addressing.second(machine);
    }

    /** What stands before a command that is to run on a machine. */
    public List<String> on(int machine) {
        return List.of("nsenter", "--net=/run/netns/" + name + machine);
    }

    /** No machine hears another one. The observer goes on hearing all. */
    public void cutAll() {
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < machines; i++) {
            for (int j = i + 1; j < machines; j++) {
                commands.add("link set " + link(i, j) + " down");
            }
        }
        Ip.batch(bridges, commands);
    }

    /** No other machine hears this one. The observer does. */
    public void cut(int machine) {
        link(machine, false);
    }

    /** All hear this one again. */
    public void heal(int machine) {
        link(machine, true);
    }

    private void link(int machine, boolean up) {
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < machines; i++) {
            if (i != machine) {
                commands.add("link set " + link(Math.min(i, machine), Math.max(i, machine)) + (up ? " up" : " down"));
            }
        }
        if (!commands.isEmpty()) {
            Ip.batch(bridges, commands);
        }
    }

    /** Nobody hears this machine any more, from the same moment on. */
    public void unplug(int machine) {
        Ip.batch(bridges, List.of("link set port" + machine + " down"));
    }

    /** All hear this one again, whether it was unplugged or cut off. */
    public void plugIn(int machine) {
        Ip.batch(bridges, List.of("link set port" + machine + " up"));
        heal(machine);
    }

    /** Everybody hears everybody. */
    public void heal() {
        for (int i = 0; i < machines; i++) {
            plugIn(i);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < machines; i++) {
            Ip.run("netns", "del", name + i);
        }
        Ip.run("netns", "del", bridges);
        Ip.run("link", "del", outside);
    }
}
