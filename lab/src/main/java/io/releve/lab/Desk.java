package io.releve.lab;

import io.releve.cli.Reply;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Somebody breaks things and looks on. */
final class Desk {
    static final String COMMANDS = """
            cut A         no other machine hears A any more
            off A, on A   A loses its power; it is started again
            kill A        A's server is killed with -9; start A starts it again
            pause A       A's server is stopped (SIGSTOP); resume A lets it go on
            heal          all links, all that was killed, all that sleeps
            failover      SENTINEL FAILOVER, by a sentinel of the machine that follows
            load on       a client writes, from the third machine; load on A: on A, where it asks only sentinels it reaches
            load off      it ends: answered writes, the longest time without one, and how many are lost
            wait SECONDS, status, doctor, help, quit
            """;
    private static final int LOOK_MS = 200;
    private static final int STOP_MS = 5_000;
    private static final int TIMEOUT_MS = 1_000;
    /** A time without an answered write that is worth a line. */
    private static final long NOTABLE_GAP_MS = 200;

    private final TwoMachines lab;
    private final Options options;
    private final Screen screen;
    private final long begin = Wait.now();
    private final Thread watcher = new Thread(this::watch, "watcher");
    private volatile boolean on = true;
    private RemoteLoad load;
    private int loads;
    /** What was done last, and when; null when its end has been told. */
    private String deed;
    private long deedAt;
    private Machine leaderThen;
    private long gapSeen;
    private long gapTold;

    Desk(TwoMachines lab, Options options, Screen screen) {
        this.lab = lab;
        this.options = options;
        this.screen = screen;
    }

    void run() throws IOException {
        screen.line("A " + lab.machine(0).server().endpoint().host() + ", B " + lab.machine(1).server().endpoint().host()
                + ", master 'master' at " + lab.sentinelEndpoints() + ". help lists the commands.");
        leaderThen = lab.leader();
        watcher.setDaemon(true);
        watcher.start();
        try {
            for (String line = screen.read(); line != null; line = screen.read()) {
                String[] words = line.strip().toLowerCase(Locale.ROOT).split("\\s+");
                if (words[0].equals("quit") || words[0].equals("exit")) {
                    return;
                }
                try {
                    obey(words);
                } catch (IOException | RuntimeException e) {
                    say(String.valueOf(e.getMessage()));
                }
            }
        } finally {
            on = false;
            if (load != null) {
                loadOff();
            }
        }
    }

    private void obey(String[] words) throws IOException {
        switch (words[0]) {
            case "" -> { }
            case "cut" -> deed(words, machine(words), machine -> lab.network().cut(machine.index()));
            case "off" -> deed(words, machine(words), lab::powerOff);
            case "on" -> deed(words, machine(words), lab::powerOn);
            case "kill" -> deed(words, machine(words), machine -> machine.server().kill());
            case "start" -> deed(words, machine(words), machine -> machine.server().start());
            case "pause" -> deed(words, machine(words), machine -> machine.server().pause());
            case "resume" -> deed(words, machine(words), machine -> machine.server().resume());
            case "heal" -> deed(words, null, machine -> heal());
            case "failover" -> failover(words);
            case "load" -> load(words);
            case "wait" -> Wait.sleep(TimeUnit.SECONDS.toMillis(Long.parseLong(argument(words))));
            case "status" -> View.of(lab).lines().forEach(this::say);
            case "doctor" -> doctor();
            case "help" -> screen.line(COMMANDS.stripTrailing());
            default -> say("no such command: " + words[0] + " (help lists them)");
        }
    }

    private interface Deed {
        void on(Machine machine);
    }

    private void deed(String[] words, Machine machine, Deed done) {
        synchronized (this) {
            deed = String.join(" ", words);
            deedAt = Wait.now();
            gapTold = 0;
            if (load != null) {
                load.mark();
            }
        }
        say(deed);
        done.on(machine);
    }

    private void heal() {
        for (int i = 0; i < 2; i++) {
            Machine machine = lab.machine(i);
            if (machine.server().isPaused() && machine.server().isAlive()) {
                machine.server().resume();
            }
            lab.powerOn(machine);
        }
    }

    private void failover(String[] words) throws IOException {
        Machine follower = lab.other(lab.leader());
        deed(words, follower, machine -> {
            try {
                machine.sentinels().get(0).endpoint().ask("SENTINEL", "FAILOVER", Machine.MASTER);
            } catch (IOException e) {
                throw new LabException(e.getMessage(), e);
            }
        });
    }

    private void load(String[] words) {
        if (argument(words).equals("off")) {
            loadOff();
        } else if (load != null) {
            say("there is one already");
        } else {
            int machine = words.length > 2 ? machine(words[2]).index() : TwoMachines.THIRD;
            synchronized (this) {
                load = RemoteLoad.asking("load" + loads++ + "-", lab.network(), machine, lab.sentinelEndpoints(), options.rate, TIMEOUT_MS);
            }
            say("a client writes " + options.rate + " times a second");
        }
    }

    private void loadOff() {
        RemoteLoad ended;
        synchronized (this) {
            ended = load;
            load = null;
        }
        if (ended == null) {
            say("there is none");
            return;
        }
        try (ended) {
            long gap = ended.gap();
            Acknowledged all = ended.stop();
            say(all.count() + " writes were answered, none for " + gap + " ms since what was done last; failed attempts: "
                    + ended.failures());
            Wait.until("which writes are lost cannot be said: not one master", STOP_MS, () -> lab.leader() != null);
            Machine leader = lab.leader();
            say(all.lost(leader.server().endpoint()) + " of them are not at " + leader.name() + ", the master");
        } catch (LabException | IOException e) {
            say(e.getMessage());
        }
    }

    private void doctor() throws IOException {
        for (Part sentinel : lab.sentinels()) {
            if (sentinel.isAlive()) {
                Reply said = sentinel.endpoint().ask("SENTINEL", "DOCTOR", Machine.MASTER);
                say(sentinel.name() + ":\n" + (Reply.text(said) != null ? Reply.text(said) : String.join("\n", Endpoint.texts(said))));
                return;
            }
        }
        say("no sentinel runs");
    }

    private Machine machine(String[] words) {
        return machine(argument(words));
    }

    private Machine machine(String name) {
        for (int i = 0; i < 2; i++) {
            if (lab.machine(i).name().equalsIgnoreCase(name)) {
                return lab.machine(i);
            }
        }
        throw new LabException("the machines are A and B");
    }

    private static String argument(String[] words) {
        if (words.length < 2) {
            throw new LabException(words[0] + " wants to know more (help)");
        }
        return words[1];
    }

    private void say(String text) {
        screen.line(String.format(Locale.ROOT, "%7.1f s  %s", (Wait.now() - begin) / 1000.0, text));
    }

    private void watch() {
        boolean wasAgreed = true;
        while (on) {
            View view = View.of(lab);
            screen.status(view.lines());
            wasAgreed = tell(view, wasAgreed);
            try {
                tellGap();
            } catch (LabException e) {
                say(e.getMessage());
            }
            Wait.sleep(LOOK_MS);
        }
    }

    /** Says what has become of the last deed. @return whether all are of one mind */
    private synchronized boolean tell(View view, boolean wasAgreed) {
        long since = Wait.now() - deedAt;
        if (view.leader() != null && view.leader() != leaderThen) {
            say(view.leader().name() + " is the only master now, " + since + " ms after '" + deed + "'");
            leaderThen = view.leader();
        }
        if (view.agreed() && !wasAgreed) {
            say("one master (" + view.leader().name() + "), the other in sync, the sentinels of one mind, " + since + " ms after '" + deed
                    + "'");
        }
        return view.agreed();
    }

    /** A gap that does not grow any more has ended. */
    private synchronized void tellGap() {
        long gap = load == null ? 0 : load.gap();
        if (gap >= NOTABLE_GAP_MS && gap == gapSeen && gap != gapTold) {
            say("writes are answered; none was for " + gap + " ms");
            gapTold = gap;
        }
        gapSeen = gap;
    }
}
