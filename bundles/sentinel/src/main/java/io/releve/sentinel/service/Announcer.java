package io.releve.sentinel.service;

import io.releve.bytes.Bytes;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import io.releve.engine.Lane;
import io.releve.engine.Subscriptions.Kind;

/** Sends what happens to the clients that have subscribed to it; while there is no engine nobody has. */
final class Announcer {
    private volatile Engine engine;
    /** Of the sentinel's thread. */
    private volatile Lane lane;

    void engine(Engine current) {
        engine = current;
    }

    void dispatcher(Dispatcher dispatcher) {
        lane = dispatcher == null ? null : dispatcher.lane();
    }

    /** On the sentinel's thread. */
    void publish(String channel, String text) {
        Engine to = engine;
        Lane way = lane;
        if (to == null || way == null) {
            return;
        }
        way.begin();
        try {
            to.subscriptions().publish(Kind.CHANNEL, Bytes.of(channel), Bytes.of(text));
        } finally {
            way.end();
        }
    }
}
