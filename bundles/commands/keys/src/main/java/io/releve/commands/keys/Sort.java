package io.releve.commands.keys;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.command.Reply;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import io.releve.security.User;

/** SORT and SORT_RO (redis.io/commands/sort). Texts are compared byte by byte, whatever the locale. */
final class Sort extends KeyCommand {
    private static final CommandException NO_NUMBER =
            new CommandException("ERR One or more scores can't be converted into double");
    private static final String SYNTAX = "key [BY pattern:pattern] [LIMIT offset:integer count:integer]"
            + " [GET pattern:pattern [GET pattern:pattern ...]] [ASC | DESC] [ALPHA]";
    private static final KeySpec PATTERNS = KeySpec.unknown("For the optional BY/GET keyword. It is marked 'unknown'"
            + " because the key names derive from the content of the key we sort", Flag.RO, Flag.ACCESS);
    private static final KeySpec TARGET = KeySpec.unknown("For the optional STORE keyword. It is marked 'unknown'"
            + " because the keyword can appear anywhere in the argument array", Flag.OW, Flag.UPDATE);
    private static final Bytes EMPTY = new Bytes();

    private final boolean stores;

    private Sort(CommandSpec.Builder facts, boolean stores) {
        super(facts.group("generic").categories("set", "sortedset", "list", "dangerous")
                .complexity("O(N+M*log(M)) where N is the number of elements and M that of the returned ones; O(N) when"
                        + " they are not sorted."));
        this.stores = stores;
    }

    static Sort sort() {
        return new Sort(sorting("SORT").flags(CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS), PATTERNS, TARGET).keyFinder(SortKeys::all)
                .summary("Sorts a list, a set or a sorted set, and may store the result as a list.")
                .syntax(SYNTAX + " [STORE destination:key]"), true);
    }

    static Sort readOnly() {
        return new Sort(sorting("SORT_RO").flags(CommandFlag.READONLY).since("7.0.0")
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS), PATTERNS).keyFinder(SortKeys::source)
                .summary("Sorts a list, a set or a sorted set.")
                .syntax(SYNTAX), false);
    }

    private static CommandSpec.Builder sorting(String name) {
        return CommandSpec.command(name, -2).flags(CommandFlag.MOVABLEKEYS);
    }

    @Override
    public void run(Call call) {
        SortOptions options = SortOptions.parse(call.arguments(), stores, () -> readsEveryKey(call));
        Value value = call.read(call.arguments().get(1));
        SortItem[] items = elements(value, options);
        if (!options.unsorted) {
            weigh(call, items, options);
            SortItem.sort(items, options.alphabetic, options.descending);
        }
        int first = options.first(items.length);
        int end = options.end(items.length);
        if (options.store == null) {
            reply(call, options, items, first, end);
        } else {
            store(call, options, items, first, end);
        }
    }

    /** Whether the user may read whatever keys the elements name. */
    private boolean readsEveryKey(Call call) {
        User user = call.session().account();
        return user.mayDoAll() || call.engine().authorizer().readsEveryKey(user, spec(), call.arguments());
    }

    private static SortItem[] elements(Value value, SortOptions options) {
        if (value == null) {
            return new SortItem[0];
        }
        switch (value.type()) {
            case LIST:
                return elements((ListValue) value, options.unsorted && options.descending);
            case SET:
                if (options.store != null && options.unsorted) {
                    // The order of a set is nobody's concern, so what is stored would not be the same everywhere.
                    options.unsorted = false;
                    options.alphabetic = true;
                    options.by = null;
                }
                return elements((SetValue) value);
            case SORTED_SET:
                return elements((SortedSetValue) value, options.unsorted && options.descending);
            default:
                throw CommandException.WRONG_TYPE;
        }
    }

    private static SortItem[] elements(ListValue list, boolean backwards) {
        SortItem[] items = new SortItem[Math.toIntExact(list.length())];
        int[] at = {0};
        list.visit(backwards ? items.length - 1 : 0, !backwards, (index, element) -> {
            items[at[0]++] = new SortItem(element.toByteArray());
            return true;
        });
        return items;
    }

    private static SortItem[] elements(SetValue set) {
        SortItem[] items = new SortItem[Math.toIntExact(set.size())];
        int[] at = {0};
        set.visit(member -> {
            items[at[0]++] = new SortItem(member.toByteArray());
            return true;
        });
        return items;
    }

    private static SortItem[] elements(SortedSetValue set, boolean downwards) {
        SortItem[] items = new SortItem[Math.toIntExact(set.size())];
        int[] at = {0};
        set.visit(downwards ? items.length - 1 : 0, !downwards, (member, score) -> {
            items[at[0]++] = new SortItem(member.toByteArray());
            return true;
        });
        return items;
    }

    private static void weigh(Call call, SortItem[] items, SortOptions options) {
        for (SortItem item : items) {
            byte[] text = item.element;
            if (options.by != null) {
                ByteSource weight = options.by.find(call, item.element);
                text = weight == null ? null : weight.toByteArray();
            }
            if (options.alphabetic) {
                item.text = text;
            } else if (text != null) {
                item.weight = SortWeight.of(text, text.length);
                if (Double.isNaN(item.weight)) {
                    throw NO_NUMBER;
                }
            }
        }
    }

    private static void reply(Call call, SortOptions options, SortItem[] items, int first, int end) {
        Reply reply = call.reply();
        int width = Math.max(1, options.get.size());
        reply.array(Math.multiplyExact(end - first, width));
        for (int i = first; i < end; i++) {
            byte[] element = items[i].element;
            if (options.get.isEmpty()) {
                reply.bulk(element);
            }
            for (SortPattern pattern : options.get) {
                ByteSource found = pattern.find(call, element);
                if (found == null) {
                    reply.nil();
                } else {
                    reply.bulk(found);
                }
            }
        }
    }

    private static void store(Call call, SortOptions options, SortItem[] items, int first, int end) {
        Bytes key = options.store;
        int size = Math.multiplyExact(end - first, Math.max(1, options.get.size()));
        if (size == 0) {
            if (call.write(key) != null) {
                call.database().remove(key);
                call.changed(key, KeyEvent.GENERIC, "del");
            }
            call.reply().integer(0);
            return;
        }
        ListValue list = (ListValue) call.database().detached(Type.LIST);
        Bytes view = new Bytes();
        for (int i = first; i < end; i++) {
            byte[] element = items[i].element;
            if (options.get.isEmpty()) {
                list.addLast(view.set(element, 0, element.length));
            }
            for (SortPattern pattern : options.get) {
                ByteSource found = pattern.find(call, element);
                list.addLast(found == null ? EMPTY : found instanceof Bytes bytes ? bytes
                        : new Bytes(found.toByteArray()));
            }
        }
        boolean there = call.write(key) != null;
        call.database().attach(key, list, Value.NEVER, call.engine().accessClock());
        if (!there) {
            call.event(key, KeyEvent.NEW, "new");
        }
        call.changed(key, KeyEvent.LIST, "sortstore");
        call.countChanges(size - 1L);
        call.reply().integer(size);
    }
}
