package io.releve.embedded;

import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes engines outside of OSGi; found by {@link java.util.ServiceLoader}. The jar releve-embedded-plain has one. */
@ConsumerType
public interface EngineAssembly {
    /** @throws IOException in one sentence a user understands */
    OpenedEngine open(ReleveBuilder wanted) throws IOException;

    /** An engine with its data loaded. */
    interface OpenedEngine {
        Dispatcher dispatcher();

        Engine engine();

        /** What SHUTDOWN is to do besides stopping the engine; runs on a thread of its own. */
        void onShutdown(Runnable work);

        void close() throws IOException;
    }
}
