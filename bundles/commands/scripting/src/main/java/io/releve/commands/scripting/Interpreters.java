package io.releve.commands.scripting;

import io.releve.command.Call;
import io.releve.commands.scripting.lua.Interpreter;
import io.releve.engine.Engine;
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
    private boolean closed;

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
                e -> new Interpreter(e.settings().get(ScriptingDirectives.MEMORY_LIMIT)));
        return lastOne;
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
