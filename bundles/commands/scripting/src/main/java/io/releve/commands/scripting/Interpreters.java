package io.releve.commands.scripting;

import io.releve.command.Call;
import io.releve.commands.scripting.lua.Interpreter;
import io.releve.engine.Engine;
import io.releve.info.InfoSection;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The interpreter of each engine: what was compiled, nothing that could not be made again. Commands themselves hold nothing.
 */
final class Interpreters implements AutoCloseable {
    private final Map<Engine, Interpreter> byEngine = new WeakHashMap<>();
    /** Looked at first: there is one engine as a rule. */
    private Engine last;
    private Interpreter lastOne;
    /** Bytes, or 0 for what the setting says. */
    private final long memoryLimit;
    private boolean closed;

    Interpreters(long memoryLimit) {
        this.memoryLimit = memoryLimit;
    }

    Interpreter of(Call call) {
        return of(call.engine());
    }

    synchronized Interpreter of(Engine engine) {
        if (engine == last) {
            return lastOne;
        }
        if (closed) {
            throw new IllegalStateException("the bundle is stopped");
        }
        last = engine;
        lastOne = byEngine.computeIfAbsent(engine,
                e -> new Interpreter(memoryLimit > 0 ? memoryLimit : e.settings().get(ScriptingDirectives.MEMORY_LIMIT)));
        return lastOne;
    }

    /** What INFO memory tells of scripts. */
    synchronized void describe(InfoSection.Lines lines) {
        long scripts = 0;
        long bytes = 0;
        long functions = 0;
        long libraries = 0;
        long used = 0;
        for (Map.Entry<Engine, Interpreter> each : byEngine.entrySet()) {
            scripts += each.getKey().scripts().count();
            bytes += each.getKey().scripts().bytes();
            functions += each.getValue().libraries().functions();
            libraries += each.getValue().libraries().all().size();
            used += each.getValue().memory();
        }
        lines.add("used_memory_lua", used);
        lines.add("used_memory_vm_total", used);
        lines.add("used_memory_scripts", bytes);
        lines.add("number_of_cached_scripts", scripts);
        lines.add("number_of_functions", functions);
        lines.add("number_of_libraries", libraries);
    }

    /** Interpreter of an engine if it has one. */
    synchronized Interpreter existing(Engine engine) {
        return byEngine.get(engine);
    }

    /**
     * Ends all of them, each when no script runs in it: the one who runs it has the turn of an engine, whose commands have been
     * taken away before.
     */
    @Override
    public void close() {
        Map<Engine, Interpreter> all;
        synchronized (this) {
            closed = true;
            last = null;
            all = Map.copyOf(byEngine);
            byEngine.clear();
        }
        all.forEach((engine, interpreter) -> engine.scripts().exclusively(interpreter::close));
    }
}
