package io.releve.embedded.core;

import io.releve.embedded.Commands;
import io.releve.embedded.Decoder;
import io.releve.embedded.ErrorReplyException;
import io.releve.embedded.Pipeline;
import io.releve.embedded.Reply;
import io.releve.embedded.Response;
import io.releve.embedded.Transaction;
import io.releve.format.resp.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Commands that were taken up to be run together, as a pipeline or as a transaction. */
final class Recording implements Pipeline, Transaction {
    private final Function<List<Request>, Reply[]> runner;
    private final Runnable discard;
    private final boolean atomic;
    private final Recorder recorder = new Recorder();
    private final List<Request> requests = new ArrayList<>();
    private final List<Response<?>> responses = new ArrayList<>();

    Recording(Function<List<Request>, Reply[]> runner, Runnable discard, boolean atomic) {
        this.runner = runner;
        this.discard = discard;
        this.atomic = atomic;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Response<T> queue(Function<Commands, T> command) {
        command.apply(recorder.begin());
        requests.add(recorder.request());
        Response<T> response = new Response<>((Decoder<T>) recorder.decoder());
        responses.add(response);
        return response;
    }

    @Override
    public void sync() {
        syncAndReturnAll();
    }

    @Override
    public List<Object> syncAndReturnAll() {
        List<Response<?>> mine = List.copyOf(responses);
        List<Request> running = List.copyOf(requests);
        forget();
        Reply[] replies = runner.apply(running);
        for (int i = 0; i < replies.length; i++) {
            mine.get(i).set(replies[i] == null ? Reply.nil() : replies[i]);
        }
        return outcomes(mine);
    }

    @Override
    public List<Object> exec() {
        List<Response<?>> mine = List.copyOf(responses);
        List<Request> all = new ArrayList<>(requests.size() + 2);
        all.add(word("MULTI"));
        all.addAll(requests);
        all.add(word("EXEC"));
        forget();
        Reply[] replies = runner.apply(all);
        Reply end = replies[replies.length - 1];
        if (end.isError()) {
            ErrorReplyException failure = new ErrorReplyException(end.text());
            for (Reply reply : replies) {
                if (reply.isError() && reply != end) {
                    failure.addSuppressed(new ErrorReplyException(reply.text()));
                }
            }
            mine.forEach(response -> response.fail(failure));
            throw failure;
        }
        if (end.isNull()) {
            mine.forEach(response -> response.fail(new IllegalStateException("A watched key has changed: nothing was done")));
            return null;
        }
        for (int i = 0; i < mine.size(); i++) {
            mine.get(i).set(end.list().get(i));
        }
        return outcomes(mine);
    }

    private static List<Object> outcomes(List<Response<?>> responses) {
        List<Object> outcomes = new ArrayList<>(responses.size());
        responses.forEach(response -> outcomes.add(response.outcome()));
        return outcomes;
    }

    private static Request word(String word) {
        return new Request().words(List.of(word.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    private void forget() {
        requests.clear();
        responses.clear();
    }

    @Override
    public void discard() {
        forget();
        discard.run();
    }

    @Override
    public void close() {
        if (!atomic && !requests.isEmpty()) {
            sync();
        }
        forget();
    }
}
