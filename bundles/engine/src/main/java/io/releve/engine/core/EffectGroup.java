package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import java.util.ArrayList;
import java.util.List;

/** Entries of one atomic group, gathered until it is known how many there are. */
final class EffectGroup {
    private record Item(Entry.Kind kind, int database, Arguments effect) {
    }

    private final List<Item> items = new ArrayList<>();

    void add(Entry.Kind kind, int database, Arguments effect) {
        items.add(new Item(kind, database, effect.copy()));
    }

    void appendTo(ChangeLog log) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            log.append(item.kind(), item.database(), items.size() - 1 - i, item.effect());
        }
    }
}
