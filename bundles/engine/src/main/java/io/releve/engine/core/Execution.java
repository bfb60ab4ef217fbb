package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.command.CommandException;
import io.releve.command.Reply;
import io.releve.keyspace.Keyspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands one after the other. Every place that may run one while another is running has its own. */
final class Execution {
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    /** What a keyspace has ready at any time, in bytes. */
    private static final int ALWAYS_THERE = 64 * 1024;
    /** Bytes an element takes beside its content, roughly. */
    private static final int PER_ARGUMENT = 32;

    /** Thrown by EXEC before it has done anything: it is to be run later. */
    static final class NotNow extends RuntimeException {
        final ClientSession.Wait reason;

        NotNow(ClientSession.Wait reason) {
            super(null, null, false, false);
            this.reason = reason;
        }
    }

    private final RedisEngine engine;
    private final RunningCall call;
    private final boolean clients;

    /** @param mayBlock whether a client may be kept waiting by what is run here */
    Execution(RedisEngine engine, boolean mayBlock) {
        this.engine = engine;
        clients = mayBlock;
        call = new RunningCall(engine, mayBlock);
    }

    RunningCall call() {
        return call;
    }

    /**
     * Runs a command that has passed every check.
     *
     * @return what the client waits for now, or null when it was answered
     */
    Waiter run(ClientSession session, CommandSlot slot, Arguments request, Reply reply) {
        long errors = reply.errors();
        long position = reply.position();
        session.ran(slot);
        engine.statistics().commands++;
        ClientTracking tracking = engine.tracking();
        // what scripts and transactions run is run for the client that has sent them
        ClientSession before = clients ? tracking.acting(session) : null;
        call.begin(session, request, reply);
        try {
            if (slot.denyOom) {
                reserve(request);
            }
            do {
                slot.command.run(call);
            } while (call.worked());
            call.finish();
            if (call.waiter() != null) {
                return call.waiter();
            }
        } catch (NotNow e) {
            call.discard();
            throw e;
        } catch (CommandException e) {
            call.discard();
            reply.rollback(position);
            reply.error(e.getMessage());
        } catch (Keyspace.FullException e) {
            call.finish();
            reply.rollback(position);
            reply.error(e.getMessage());
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
            LOG.error("{} failed", slot.spec.name(), e);
            call.finish();
            reply.rollback(position);
            reply.error("ERR internal error, see the server's log");
        } finally {
            call.end();
            engine.keyspace().endCall();
            if (slot.tracked && (engine.signals().attention() & Signals.TRACKED) != 0) {
                tracking.read(slot, request);
            }
            if (clients) {
                tracking.acting(before);
            }
        }
        if (reply.errors() != errors) {
            if (!call.isErrorCounted()) {
                engine.statistics().error(reply.lastError());
            }
            slot.statistics.failed();
        }
        return null;
    }

    /** Room for a long request is made beforehand, so that it is not carried out in part. */
    private void reserve(Arguments request) {
        long bytes = 0;
        for (int i = 1; i < request.size(); i++) {
            bytes += request.get(i).length() + PER_ARGUMENT;
        }
        if (bytes > ALWAYS_THERE) {
            engine.keyspace().reserve(2 * bytes);
        }
    }
}
