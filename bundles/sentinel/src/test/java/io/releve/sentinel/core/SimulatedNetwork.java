package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Time, hosts and connections of a simulated cluster; the same seed gives the same world. Times in ms. */
final class SimulatedNetwork {
    /** A sleep of which a server whose sentinels wait 3,000 ms must be aware, by whatever clock. */
    private static final long LONG_SLEEP = 1_700;

    final Random random;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final Map<Address, Process> listeners = new HashMap<>();
    private final List<Host> hosts = new ArrayList<>();
    private long now = 1_000_000;
    private long sequence;
    /** Chance that a message takes long, per thousand. */
    int slowness;
    /** Chance that a connection breaks with a message, per ten thousand. */
    int breakage;
    /** Chance that a request arrives twice, per thousand. */
    int doubling;

    SimulatedNetwork(long seed) {
        random = new Random(seed);
    }

    private record Task(long at, long order, Runnable what) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    long now() {
        return now;
    }

    void after(long ms, Runnable what) {
        tasks.add(new Task(now + ms, sequence++, what));
    }

    void runUntil(long time) {
        while (!tasks.isEmpty() && tasks.peek().at <= time) {
            Task task = tasks.poll();
            now = task.at;
            task.what.run();
        }
        now = time;
    }

    /** A machine: its own clock, its wire. */
    final class Host {
        final String name;
        final List<String> addresses;
        /** Its clock runs this much faster, per thousand, and began elsewhere. */
        final int skew = random.nextInt(81) - 40;
        final long origin = random.nextInt(1_000_000);
        /** By how much somebody has set its wall clock. */
        long set;
        /** Whom nothing reaches that is sent from here. */
        private final Set<Host> cutFrom = new HashSet<>();

        Host(String name, List<String> addresses) {
            this.name = name;
            this.addresses = addresses;
            hosts.add(this);
        }

        long clock() {
            return origin + now + (now - 1_000_000) * skew / 1_000;
        }
    }

    /** What runs on a host, and may be stopped, killed and started again. */
    abstract class Process {
        final Host host;
        boolean alive;
        boolean paused;
        /** When it was started, or woke from a long sleep. */
        long awakeSince;
        private long pausedAt;
        private int lives;
        final List<SimulatedLink> links = new ArrayList<>();
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

        Process(Host host) {
            this.host = host;
        }

        /** Answers a request. */
        abstract void request(SimulatedLink from, List<String> words, Consumer<Object> reply);

        abstract void started();

        final void start(Address... addresses) {
            alive = true;
            paused = false;
            awakeSince = now;
            lives++;
            for (Address address : addresses) {
                listeners.put(address, this);
            }
            started();
        }

        /** What it has sent still arrives. */
        final void kill() {
            alive = false;
            waiting.clear();
            List.copyOf(links).forEach(link -> link.ended(this));
            links.clear();
        }

        final void pause() {
            if (alive && !paused) {
                paused = true;
                pausedAt = now;
            }
        }

        final void resume() {
            if (!paused) {
                return;
            }
            paused = false;
            if (now - pausedAt > LONG_SLEEP) {
                awakeSince = now;
            }
            while (!waiting.isEmpty() && alive && !paused) {
                waiting.poll().run();
            }
        }

        /** Runs now, or when the process runs again. */
        final void run(Runnable what) {
            if (!alive) {
                return;
            }
            if (paused) {
                waiting.add(what);
            } else {
                what.run();
            }
        }

        /** Again and again, until this life of the process ends. */
        final void every(int least, int more, Runnable what) {
            int life = lives;
            after(least + random.nextInt(more), () -> {
                if (life == lives) {
                    run(() -> {
                        what.run();
                        every(least, more, what);
                    });
                }
            });
        }
    }

    void cut(Host a, Host b) {
        cutOneWay(a, b);
        cutOneWay(b, a);
    }

    /** What b sends still reaches a. */
    void cutOneWay(Host a, Host b) {
        if (a != b) {
            a.cutFrom.add(b);
        }
    }

    void heal() {
        hosts.forEach(host -> host.cutFrom.clear());
    }

    /** Whether nothing gets from a to b. */
    boolean isCut(Host a, Host b) {
        return a.cutFrom.contains(b);
    }

    Process listener(Address address) {
        return listeners.get(address);
    }

    private long delay() {
        return random.nextInt(1_000) < slowness ? 1 + random.nextInt(3_000) : 1 + random.nextInt(3);
    }

    SimulatedLink connect(Process from, Address to, Link.Owner owner) {
        SimulatedLink link = new SimulatedLink(from, owner);
        from.links.add(link);
        after(delay(), () -> {
            Process peer = listeners.get(to);
            if (peer == null || isCut(from.host, peer.host) || isCut(peer.host, from.host)) {
                return;
            }
            if (!peer.alive) {
                after(1, link::breakOff);
                return;
            }
            link.to = peer;
            link.life = peer.lives;
            peer.links.add(link);
            after(delay(), () -> from.run(() -> {
                if (!link.closed && !isCut(peer.host, from.host)) {
                    owner.connected();
                }
            }));
        });
        return link;
    }

    /**
     * A connection: in order, late rather than lost while its ends cannot reach each other. What was sent before the sender closed it
     * still arrives, and be it long after: the sender's system goes on trying.
     */
    final class SimulatedLink implements Link {
        final Process from;
        final Owner owner;
        Process to;
        boolean closed;
        /** Nothing that is on its way arrives any more. */
        private boolean broken;
        private int life;
        /** The peer's own memory of this connection. */
        Object attachment;
        /** When the request that is being answered was sent. */
        long sentAt;
        private long lastArrivalThere;
        private long lastArrivalHere;
        private final Deque<Runnable> onTheWayThere = new ArrayDeque<>();
        private final Deque<Runnable> onTheWayHere = new ArrayDeque<>();

        SimulatedLink(Process from, Owner owner) {
            this.from = from;
            this.owner = owner;
        }

        @Override
        public void send(Consumer<Object> answer, String... words) {
            if (closed || to == null) {
                return;
            }
            List<String> request = List.of(words);
            long at = now;
            there(() -> {
                sentAt = at;
                to.request(this, request, reply -> here(() -> answer.accept(reply)));
            });
            if (random.nextInt(1_000) < doubling && words[0].equals("SENTINEL")) {
                there(() -> to.request(this, request, reply -> { }));
            }
            if (random.nextInt(10_000) < breakage) {
                after(random.nextInt(5), this::breakOff);
            }
        }

        /** A message of a channel. */
        void push(String channel, String text) {
            here(() -> owner.message(channel, text));
        }

        private void there(Runnable what) {
            onTheWayThere.add(what);
            lastArrivalThere = Math.max(lastArrivalThere, now + delay());
            travel(from, to, lastArrivalThere - now, onTheWayThere);
        }

        private void here(Runnable what) {
            onTheWayHere.add(what);
            lastArrivalHere = Math.max(lastArrivalHere, now + delay());
            travel(to, from, lastArrivalHere - now, onTheWayHere);
        }

        /** Through a cut nothing comes; it is sent again until the connection is given up. What arrives is the first that is on its way. */
        private void travel(Process sender, Process receiver, long ms, Deque<Runnable> onTheWay) {
            after(ms, () -> {
                if (!isLost(receiver) && isCut(sender.host, receiver.host)) {
                    travel(sender, receiver, 200, onTheWay);
                    return;
                }
                Runnable what = onTheWay.remove();
                if (isLost(receiver)) {
                    return;
                }
                if (!receiver.alive) {
                    here(this::breakOff);
                    return;
                }
                receiver.run(() -> {
                    if (!isLost(receiver)) {
                        what.run();
                    }
                });
            });
        }

        private boolean isLost(Process receiver) {
            return broken || (receiver == from ? closed : receiver.lives != life);
        }

        /** One of its ends has died: the other one hears of it after what it was sent before. */
        private void ended(Process dead) {
            if (dead == from) {
                close();
            } else if (!closed) {
                here(this::breakOff);
            }
        }

        void breakOff() {
            broken = true;
            if (closed) {
                return;
            }
            close();
            from.run(() -> owner.closed("broken"));
        }

        @Override
        public String localHost() {
            return from.host.addresses.get(0);
        }

        @Override
        public void close() {
            closed = true;
            from.links.remove(this);
            if (to != null) {
                to.links.remove(this);
            }
        }
    }
}
