package io.releve.embedded.plain;

import io.releve.embedded.EngineAssembly.OpenedEngine;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import io.releve.engine.core.OpenEngine;
import java.io.IOException;

/** An engine that was put together here. */
record PlainEngine(OpenEngine open, Shutdown shutdown) implements OpenedEngine {
    @Override
    public Dispatcher dispatcher() {
        return open.dispatcher();
    }

    @Override
    public Engine engine() {
        return open.engine();
    }

    @Override
    public void onShutdown(Runnable work) {
        shutdown.work(work);
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
