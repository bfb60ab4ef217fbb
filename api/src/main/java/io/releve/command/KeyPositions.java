package io.releve.command;

import java.util.ArrayList;
import java.util.List;

/** Finds the keys of a request from the key specifications of its command (redis.io, "Command key specifications"). */
public final class KeyPositions {
    /**
     * A key found.
     *
     * @param position index among the arguments, 0 being the name
     * @param spec what the command does with it
     */
    public record Found(int position, KeySpec spec) {
    }

    private KeyPositions() {
    }

    /**
     * The keys of a request, by the command's own {@link CommandSpec#keyFinder} where it has one.
     *
     * @return not to be changed; null when the request contradicts the specification (a count of keys that is no number or too large)
     */
    public static List<Found> of(CommandSpec command, Arguments request) {
        if (command.keyFinder() != null) {
            return command.keyFinder().find(request);
        }
        List<Found> only = command.onlyKey();
        if (only != null && only.get(0).position() < request.size()) {
            return only;
        }
        List<Found> found = new ArrayList<>();
        for (KeySpec spec : command.keys()) {
            int first = begin(spec, request);
            if (first > 0 && first < request.size() && !add(found, spec, first, request)) {
                return null;
            }
        }
        return found;
    }

    /** What is found in every request of a command that has one key in one place; null for others. */
    static List<Found> onlyKey(List<KeySpec> keys) {
        return keys.size() == 1 && keys.get(0).begin() instanceof KeySpec.Index index
                && keys.get(0).find() instanceof KeySpec.Range range && range.last() == 0
                ? List.of(new Found(index.index(), keys.get(0))) : null;
    }

    private static int begin(KeySpec spec, Arguments request) {
        if (spec.begin() instanceof KeySpec.Index index) {
            return index.index();
        }
        if (spec.begin() instanceof KeySpec.Keyword keyword) {
            boolean forward = keyword.startFrom() > 0;
            int i = forward ? keyword.startFrom() : request.size() + keyword.startFrom();
            for (; i > 0 && i < request.size(); i += forward ? 1 : -1) {
                if (request.is(i, keyword.keyword())) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    private static boolean add(List<Found> found, KeySpec spec, int first, Arguments request) {
        if (spec.find() instanceof KeySpec.Range range) {
            int last = range.last() >= 0 ? first + range.last() : request.size() + range.last();
            if (range.last() == -1 && range.limit() >= 2) {
                last = first + (request.size() - first) / range.limit() - 1;
            }
            if (last >= request.size()) {
                return false;
            }
            for (int i = first; i <= last; i += range.step()) {
                found.add(new Found(i, spec));
            }
        } else if (spec.find() instanceof KeySpec.KeyNum keyNum) {
            int at = first + keyNum.keyNumIndex();
            long count;
            try {
                count = at < request.size() ? request.integer(at) : -1;
            } catch (CommandException e) {
                return false;
            }
            long last = first + keyNum.firstKey() + (count - 1) * keyNum.step();
            if (count < 0 || count > request.size() || last >= request.size()) {
                return false;
            }
            for (int i = first + keyNum.firstKey(); i <= last; i += keyNum.step()) {
                found.add(new Found(i, spec));
            }
        }
        return true;
    }
}
