package io.releve.management.swap;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.command.Reply;
import io.releve.engine.Engine;
import io.releve.management.ProcessDirectives;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * {@code BUNDLE LIST | INFO part | SWAP part provider [KEEP]}: the parts of the server, and exchanging one (ours). The same in
 * the console: {@code releve:swap}.
 */
@Component(immediate = true, service = {CommandSet.class, BundleCommands.class},
        property = {"osgi.command.scope=releve", "osgi.command.function=swap", "osgi.command.function=parts"})
public final class BundleCommands implements CommandSet {
    private static final String GROUP = "server";
    private static final String SINCE = "7.2.0";

    private volatile Swapper swapper;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Engine console;

    @Activate
    void activate(BundleContext context) {
        swapper = new Swapper(context);
    }

    @Deactivate
    void close() {
        swapper.close();
    }

    @Override
    public String name() {
        return "bundle";
    }

    @Override
    public List<Command> commands() {
        return List.of(Command.container(spec("BUNDLE", -2).summary("Shows and exchanges parts of the server.").build(), List.of(
                Command.of(spec("BUNDLE|LIST", 2).summary("Lists the parts of the server and what does their work.").build(),
                        this::list),
                Command.of(spec("BUNDLE|INFO", 3).syntax("part").summary("Tells what could be a part, and of its last swap.").build(),
                        this::info),
                Command.of(spec("BUNDLE|SWAP", -4).syntax("part provider [KEEP]")
                        .summary("Exchanges a part while clients are served.").build(), this::swap),
                Help.of("BUNDLE", GROUP, SINCE, null, "INFO <part>", "    What could be this part, and its last swap.",
                        "LIST", "    The parts of the server: what does their work, and how they are exchanged.",
                        "SWAP <part> <provider> [KEEP]",
                        "    Have another provider, another version (1.2.0, provider@1.2.0) or a jar do the work of a part. KEEP:",
                        "    also after a restart."))));
    }

    private static CommandSpec.Builder spec(String name, int arity) {
        return CommandSpec.command(name, arity).flags(ADMIN, NOSCRIPT, LOADING, STALE).group(GROUP).since(SINCE)
                .complexity("Depends on subcommand.");
    }

    private static void refuseUnlessAllowed(Call call) {
        String allowed = call.engine().settings().get(ProcessDirectives.BUNDLE_COMMAND);
        if (!allowed.equals("yes") && !(allowed.equals("local") && call.session().connection().isLocal())) {
            throw new CommandException("ERR BUNDLE command not allowed. If the enable-bundle-command option is set to \"local\","
                    + " you can run it from a local connection, otherwise you need to set this option in the configuration file,"
                    + " and then restart the server.");
        }
    }

    private void list(Call call) {
        refuseUnlessAllowed(call);
        Map<String, Part> parts = swapper.parts(call.engine());
        Reply reply = call.reply();
        reply.array(parts.size());
        parts.values().forEach(part -> {
            reply.map(4);
            field(reply, "part", part.name());
            field(reply, "provider", part.active() == null ? "" : part.active().provider());
            field(reply, "version", part.active() == null ? "" : part.active().bundle().getVersion().toString());
            field(reply, "tier", part.tier().toString());
        });
    }

    private static void field(Reply reply, String name, String value) {
        reply.bulk(name);
        reply.bulk(value);
    }

    private void info(Call call) {
        refuseUnlessAllowed(call);
        Part part;
        try {
            part = swapper.part(call.engine(), call.arguments().get(2).text());
        } catch (SwapException e) {
            throw new CommandException("ERR " + e.getMessage());
        }
        Swapper.Swap last = swapper.last(part.name());
        Reply reply = call.reply();
        reply.map(last == null ? 3 : 4);
        field(reply, "part", part.name());
        field(reply, "tier", part.tier().toString());
        reply.bulk("offers");
        reply.array(part.offers().size());
        for (Offer offer : part.offers()) {
            reply.map(4);
            field(reply, "provider", offer.provider());
            field(reply, "bundle", offer.bundle().getSymbolicName());
            field(reply, "version", offer.bundle().getVersion().toString());
            field(reply, "state", offer.active() ? "active" : "available");
        }
        if (last != null) {
            reply.bulk("last-swap");
            write(reply, last);
        }
    }

    private static void write(Reply reply, Swapper.Swap swap) {
        reply.map(6);
        field(reply, "part", swap.part());
        field(reply, "from", swap.from());
        field(reply, "to", swap.to());
        reply.bulk("milliseconds");
        reply.integer(swap.nanos() / 1_000_000);
        reply.bulk("stalled-microseconds");
        reply.integer(swap.stalledNanos() / 1000);
        reply.bulk("kept");
        reply.bool(swap.kept());
    }

    private void swap(Call call) {
        Call.Outcome outcome = call.outcome();
        String name = call.arguments().get(2).text();
        if (outcome == null) {
            refuseUnlessAllowed(call);
            boolean keep = call.arguments().size() == 5;
            if (call.arguments().size() > 5 || keep && !call.arguments().is(4, "KEEP")) {
                throw CommandException.SYNTAX;
            }
            if (!call.mayBlock()) {
                throw new CommandException("ERR a part cannot be exchanged inside a transaction or a script");
            }
            Engine engine = call.engine();
            String wanted = call.arguments().get(3).text();
            call.offload(() -> {
                swapper.swap(engine, name, wanted, keep);
                return null;
            });
        } else if (outcome.failure() != null) {
            throw new CommandException("ERR " + outcome.failure().getMessage());
        } else {
            write(call.reply(), swapper.last(name));
        }
    }

    /** Console: the parts of the server. */
    public String parts() {
        Engine engine = console;
        if (engine == null) {
            return "The engine is not open.";
        }
        StringBuilder table = new StringBuilder(String.format("%-14s %-10s %s", "part", "tier", "offers"));
        swapper.parts(engine).values().forEach(part -> table.append(String.format("%n%-14s %-10s %s", part.name(), part.tier(),
                String.join(", ", part.offers().stream().map(offer -> offer.provider() + "@" + offer.bundle().getVersion()
                        + (offer.active() ? " *" : "")).toList()))));
        return table.toString();
    }

    /** Console: {@code releve:swap journal segments [--keep]}. */
    public String swap(String part, String provider, String... options) {
        Engine engine = console;
        boolean keep = options.length > 0 && options[0].equals("--keep");
        if (options.length > (keep ? 1 : 0)) {
            return "usage: releve:swap <part> <provider | version | jar> [--keep]";
        }
        if (engine == null) {
            return "The engine is not open.";
        }
        try {
            Swapper.Swap swap = swapper.swap(engine, part, provider, keep);
            return part + ": " + swap.to() + " instead of " + swap.from() + ", " + swap.nanos() / 1_000_000 + " ms, nothing else was done for "
                    + swap.stalledNanos() / 1000 + " us";
        } catch (SwapException e) {
            return e.getMessage();
        }
    }
}
