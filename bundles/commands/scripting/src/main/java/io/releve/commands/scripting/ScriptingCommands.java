package io.releve.commands.scripting;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.info.InfoSection;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The commands of Redis' group {@code scripting}. */
@Component
public final class ScriptingCommands implements CommandSet {
    private final Interpreters interpreters;
    private final List<Command> commands;

    @Activate
    public ScriptingCommands(BundleContext context) {
        this(0);
        context.registerService(InfoSection.class, new ScriptMemory(interpreters), null);
    }

    /** Without a container. */
    public ScriptingCommands() {
        this(0);
    }

    /** @param memoryLimit bytes, 0 for what the setting says */
    ScriptingCommands(long memoryLimit) {
        interpreters = new Interpreters(memoryLimit);
        commands = List.of(
                new Eval(interpreters, "EVAL", "2.6.0", false, false), new Eval(interpreters, "EVALSHA", "2.6.0", true, false),
                new Eval(interpreters, "EVAL_RO", "7.0.0", false, true),
                new Eval(interpreters, "EVALSHA_RO", "7.0.0", true, true),
                new FunctionCall(interpreters, "FCALL", false), new FunctionCall(interpreters, "FCALL_RO", true),
                ScriptCommands.container(interpreters), FunctionCommands.container(interpreters));
    }

    @Override
    public String name() {
        return "scripting";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }

    /** Ends the interpreters; public so that tests can without a container. */
    @Deactivate
    public void close() {
        interpreters.close();
    }
}
