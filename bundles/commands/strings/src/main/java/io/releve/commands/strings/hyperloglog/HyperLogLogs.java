package io.releve.commands.strings.hyperloglog;

import io.releve.command.Command;
import io.releve.config.Directive;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The commands of the group {@code hyperloglog} and their setting. */
@Component(service = DirectiveSet.class)
public final class HyperLogLogs implements DirectiveSet {
    public static List<Command> commands() {
        return List.of(new PfAdd(), new PfCount(), new PfMerge(), new PfDebug(), new PfSelfTest());
    }

    @Override
    public List<Directive<?>> directives() {
        return List.of(SketchCommand.SPARSE_LIMIT);
    }
}
