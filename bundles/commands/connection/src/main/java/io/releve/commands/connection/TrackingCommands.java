package io.releve.commands.connection;

import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Reply;
import io.releve.engine.Session;
import io.releve.engine.Tracking;
import io.releve.engine.Tracking.Options;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The subcommands of CLIENT about copies that clients keep (redis.io, Client-side caching). */
final class TrackingCommands {
    private static final String SWITCH = " before disabling tracking for this client, and then re-enabling it with a"
            + " different mode.";

    List<Command> commands() {
        return List.of(
                own(facts("TRACKING", -3, "6.0.0").complexity("O(1). Some options may introduce additional complexity.")
                        .syntax("<ON | OFF> [REDIRECT client-id:integer] [PREFIX prefix [PREFIX prefix ...]] [BCAST] [OPTIN]"
                                + " [OPTOUT] [NOLOOP]")
                        .summary("Tells whether the connection is told what has changed of what it has read."),
                        TrackingCommands::tracking),
                own(facts("CACHING", 3, "6.0.0").syntax("<YES | NO>")
                        .summary("Whether the keys of the next request are tracked."), TrackingCommands::caching),
                own(facts("GETREDIR", 2, "6.0.0")
                        .summary("Answers the id of the connection that is told what this one tracks."),
                        call -> call.reply().integer(call.session().redirect())),
                own(facts("TRACKINGINFO", 2, "6.2.0").summary("Tells what the connection tracks, and how."),
                        TrackingCommands::info));
    }

    private static CommandSpec.Builder facts(String name, int arity, String since) {
        return ConnectionCommands.spec("CLIENT|" + name, arity, since).flags(NOSCRIPT, LOADING, STALE);
    }

    private static Command own(CommandSpec.Builder spec, Consumer<Call> body) {
        return Command.of(spec.build(), body);
    }

    private static void tracking(Call call) {
        Arguments request = call.arguments();
        boolean broadcast = false;
        boolean optIn = false;
        boolean optOut = false;
        boolean noLoop = false;
        long redirect = 0;
        List<Bytes> prefixes = new ArrayList<>();
        for (int i = 3; i < request.size(); i++) {
            boolean more = i + 1 < request.size();
            if (request.is(i, "REDIRECT") && more) {
                redirect = redirect(call, request.integer(++i), redirect);
            } else if (request.is(i, "PREFIX") && more) {
                prefixes.add(request.get(++i));
            } else if (request.is(i, "BCAST")) {
                broadcast = true;
            } else if (request.is(i, "OPTIN")) {
                optIn = true;
            } else if (request.is(i, "OPTOUT")) {
                optOut = true;
            } else if (request.is(i, "NOLOOP")) {
                noLoop = true;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        Tracking tracking = call.engine().introspection().tracking();
        if (request.is(2, "ON")) {
            Options options = new Options(broadcast, optIn, optOut, noLoop, redirect);
            check(options, tracking.options(call.session()), prefixes);
            checkOverlap(prefixes, tracking.prefixes(call.session()));
            tracking.on(call.session(), options, prefixes);
        } else if (request.is(2, "OFF")) {
            tracking.off(call.session());
        } else {
            throw CommandException.SYNTAX;
        }
        call.reply().ok();
    }

    private static long redirect(Call call, long id, long before) {
        if (before != 0) {
            throw new CommandException("ERR A client can only redirect to a single other client");
        }
        if (call.engine().session(id) == null) {
            throw new CommandException("ERR The client ID you want redirect to does not exist");
        }
        return id;
    }

    /** @param now null when nothing is tracked yet */
    private static void check(Options wanted, Options now, List<Bytes> prefixes) {
        if (!wanted.broadcast() && !prefixes.isEmpty()) {
            throw new CommandException("ERR PREFIX option requires BCAST mode to be enabled");
        }
        if (now != null && now.broadcast() != wanted.broadcast()) {
            throw new CommandException("ERR You can't switch BCAST mode on/off" + SWITCH);
        }
        if (wanted.broadcast() && (wanted.optIn() || wanted.optOut())) {
            throw new CommandException("ERR OPTIN and OPTOUT are not compatible with BCAST");
        }
        if (wanted.optIn() && wanted.optOut()) {
            throw new CommandException("ERR You can't specify both OPTIN mode and OPTOUT mode");
        }
        if (now != null && (wanted.optIn() && now.optOut() || wanted.optOut() && now.optIn())) {
            throw new CommandException("ERR You can't switch OPTIN/OPTOUT mode" + SWITCH);
        }
    }

    private static void checkOverlap(List<Bytes> wanted, Collection<Bytes> existing) {
        for (int i = 0; i < wanted.size(); i++) {
            for (Bytes other : existing) {
                if (overlap(wanted.get(i), other)) {
                    throw overlaps(wanted.get(i), "an existing prefix", other);
                }
            }
            for (int j = i + 1; j < wanted.size(); j++) {
                if (overlap(wanted.get(i), wanted.get(j))) {
                    throw overlaps(wanted.get(i), "another provided prefix", wanted.get(j));
                }
            }
        }
    }

    private static CommandException overlaps(Bytes prefix, String which, Bytes other) {
        return new CommandException("ERR Prefix '" + prefix.text() + "' overlaps with " + which + " '" + other.text()
                + "'. Prefixes for a single client must not overlap.");
    }

    /** Whether one begins with the other. */
    private static boolean overlap(Bytes a, Bytes b) {
        int length = Math.min(a.length(), b.length());
        return new Bytes(a.array(), a.offset(), length).equals(new Bytes(b.array(), b.offset(), length));
    }

    private static void caching(Call call) {
        Tracking tracking = call.engine().introspection().tracking();
        Options options = tracking.options(call.session());
        if (options == null) {
            throw new CommandException("ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN"
                    + " or OPTOUT mode enabled");
        }
        if (call.arguments().is(2, "YES")) {
            if (!options.optIn()) {
                throw new CommandException("ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
            }
        } else if (!call.arguments().is(2, "NO")) {
            throw CommandException.SYNTAX;
        } else if (!options.optOut()) {
            throw new CommandException("ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
        }
        tracking.except(call.session());
        call.reply().ok();
    }

    private static void info(Call call) {
        Session session = call.session();
        Tracking tracking = call.engine().introspection().tracking();
        Reply reply = call.reply();
        List<String> flags = flags(tracking, session);
        reply.map(3);
        reply.bulk("flags");
        reply.set(flags.size());
        flags.forEach(reply::bulk);
        reply.bulk("redirect");
        reply.integer(session.redirect());
        reply.bulk("prefixes");
        reply.array(tracking.prefixes(session).size());
        tracking.prefixes(session).forEach(reply::bulk);
    }

    private static List<String> flags(Tracking tracking, Session session) {
        Options options = tracking.options(session);
        if (options == null) {
            return List.of("off");
        }
        List<String> flags = new ArrayList<>(List.of("on"));
        if (options.broadcast()) {
            flags.add("bcast");
        }
        if (options.optIn()) {
            flags.add("optin");
            if (tracking.excepts(session)) {
                flags.add("caching-yes");
            }
        }
        if (options.optOut()) {
            flags.add("optout");
            if (tracking.excepts(session)) {
                flags.add("caching-no");
            }
        }
        if (options.noLoop()) {
            flags.add("noloop");
        }
        if (tracking.broken(session)) {
            flags.add("broken_redirect");
        }
        return flags;
    }
}
