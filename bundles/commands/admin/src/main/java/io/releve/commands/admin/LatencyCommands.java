package io.releve.commands.admin;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.command.Reply;
import io.releve.engine.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** LATENCY: distributions of commands, and events that took long (redis.io, Latency monitoring). */
final class LatencyCommands {
    Command container() {
        return Command.container(AdminCommands.spec("LATENCY", -2, "2.8.13").complexity("Depends on subcommand.")
                .summary("Commands about latencies.").build(), List.of(
                        own(report("DOCTOR", 2, "2.8.13").summary("Answers a report for people."),
                                call -> text(call, LatencyDoctor.report(call))),
                        own(report("GRAPH", 3, "2.8.13").syntax("event").summary("Answers a graph of an event."),
                                LatencyCommands::graph),
                        own(report("HISTOGRAM", -2, "7.0.0").syntax("[command [command ...]]")
                                .complexity("O(N) where N is the number of commands with latency information being"
                                        + " retrieved.")
                                .summary("Answers how often commands took how long."), LatencyCommands::histogram),
                        own(report("HISTORY", 3, "2.8.13").syntax("event").summary("Answers the samples of an event."),
                                LatencyCommands::history),
                        own(report("LATEST", 2, "2.8.13").summary("Answers the latest sample of each event."),
                                LatencyCommands::latest),
                        own(facts("RESET", -2, "2.8.13").tips("request_policy:all_nodes", "response_policy:all_succeeded")
                                .syntax("[event [event ...]]").summary("Forgets events."), LatencyCommands::reset),
                        Help.of("LATENCY", AdminCommands.GROUP, "2.8.13", null,
                                "DOCTOR", "    Answer a report for people.",
                                "GRAPH <event>", "    Answer a graph of the samples of <event>.",
                                "HISTORY <event>", "    Answer time and latency of the samples of <event>.",
                                "LATEST", "    Answer the latest sample of each event.",
                                "RESET [<event> ...]", "    Forget these events (default: all).",
                                "HISTOGRAM [COMMAND ...]",
                                "    Answer the cumulative distribution of the latencies of these commands (default: all).")));
    }

    private static CommandSpec.Builder facts(String name, int arity, String since) {
        return AdminCommands.spec("LATENCY|" + name, arity, since).flags(ADMIN, NOSCRIPT, LOADING, STALE);
    }

    private static CommandSpec.Builder report(String name, int arity, String since) {
        return facts(name, arity, since).tips("nondeterministic_output", "request_policy:all_nodes",
                "response_policy:special");
    }

    private static Command own(CommandSpec.Builder spec, Consumer<Call> body) {
        return Command.of(spec.build(), body);
    }

    private static Latencies latencies(Call call) {
        return call.engine().introspection().latencies();
    }

    private static void text(Call call, String text) {
        call.reply().verbatim("txt", Bytes.of(text).array());
    }

    private static void graph(Call call) {
        String name = call.arguments().get(2).text();
        Latencies.Event event = latencies(call).event(name);
        if (event == null) {
            throw new CommandException("ERR No samples available for event '" + name + "'");
        }
        text(call, LatencyGraph.of(event, call.now() / 1000));
    }

    private static void histogram(Call call) {
        Arguments request = call.arguments();
        List<Latencies.Distribution> found = new ArrayList<>();
        if (request.size() == 2) {
            found.addAll(latencies(call).distributions(null));
        }
        for (int i = 2; i < request.size(); i++) {
            found.addAll(latencies(call).distributions(request.get(i).text()));
        }
        Reply reply = call.reply();
        reply.map(found.size());
        for (Latencies.Distribution distribution : found) {
            reply.bulk(distribution.command());
            reply.map(2);
            reply.bulk("calls");
            reply.integer(distribution.calls());
            reply.bulk("histogram_usec");
            reply.map(distribution.counts().size());
            for (int i = 0; i < distribution.counts().size(); i++) {
                reply.integer(distribution.microseconds().get(i));
                reply.integer(distribution.counts().get(i));
            }
        }
    }

    private static void history(Call call) {
        Latencies.Event event = latencies(call).event(call.arguments().get(2).text());
        List<Latencies.Sample> samples = event == null ? List.of() : event.samples();
        call.reply().array(samples.size());
        for (Latencies.Sample sample : samples) {
            call.reply().array(2);
            call.reply().integer(sample.time());
            call.reply().integer(sample.milliseconds());
        }
    }

    private static void latest(Call call) {
        List<Latencies.Event> events = latencies(call).events();
        call.reply().array(events.size());
        for (Latencies.Event event : events) {
            Latencies.Sample last = event.samples().get(event.samples().size() - 1);
            call.reply().array(4);
            call.reply().bulk(event.name());
            call.reply().integer(last.time());
            call.reply().integer(last.milliseconds());
            call.reply().integer(event.worst());
        }
    }

    private static void reset(Call call) {
        Arguments request = call.arguments();
        int forgotten = request.size() == 2 ? latencies(call).reset(null) : 0;
        for (int i = 2; i < request.size(); i++) {
            forgotten += latencies(call).reset(request.get(i).text());
        }
        call.reply().integer(forgotten);
    }
}
