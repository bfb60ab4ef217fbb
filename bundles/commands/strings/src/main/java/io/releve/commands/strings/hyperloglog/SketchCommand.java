package io.releve.commands.strings.hyperloglog;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.commands.strings.StringCommand;
import io.releve.config.Directive;

/** What the commands on HyperLogLogs have in common. */
abstract class SketchCommand extends StringCommand {
    /** From which size on, in bytes, a sketch is dense (redis.conf of 7.2). */
    static final Directive<Long> SPARSE_LIMIT = Directive.memory("hll-sparse-max-bytes", 3000, 0, Long.MAX_VALUE);

    SketchCommand(CommandSpec.Builder facts) {
        super(facts);
    }

    static CommandSpec.Builder sketch(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).group("hyperloglog").categories("hyperloglog").since("2.8.9").flags(flags);
    }

    static long sparseLimit(Call call) {
        return call.engine().settings().get(SPARSE_LIMIT);
    }
}
