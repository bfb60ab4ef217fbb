package io.releve.commands.strings;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.commands.strings.bitmaps.Bitmaps;
import io.releve.commands.strings.hyperloglog.HyperLogLogs;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/** The commands of Redis' group {@code string}. */
@Component
public final class StringCommands implements CommandSet {
    private final List<Command> commands = Stream.of(strings(), Bitmaps.commands(), HyperLogLogs.commands())
            .flatMap(List::stream).toList();

    private static List<Command> strings() {
        return List.of(
            new Append(), Counter.incr(), Counter.incrBy(), Counter.decr(), Counter.decrBy(), new Get(), new GetDel(),
            new GetEx(), GetRange.getRange(), GetRange.substr(), new GetSet(), new IncrByFloat(), new Lcs(), new MGet(),
            new MSet(), new MSetNx(), new Set(), SetEx.seconds(), SetEx.milliseconds(), new SetNx(), new SetRange(),
            new StrLen());
    }

    @Override
    public String name() {
        return "strings";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }
}
