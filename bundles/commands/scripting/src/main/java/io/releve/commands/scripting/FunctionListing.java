package io.releve.commands.scripting;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.Reply;
import io.releve.commands.scripting.lua.FunctionLibraries;
import io.releve.commands.scripting.lua.Interpreter;
import java.util.ArrayList;
import java.util.List;

/** FUNCTION LIST. */
final class FunctionListing {
    private FunctionListing() {
    }

    static void list(Interpreter interpreter, Call call) {
        Arguments arguments = call.arguments();
        boolean withCode = false;
        Glob pattern = null;
        for (int i = 2; i < arguments.size(); i++) {
            if (!withCode && arguments.is(i, "WITHCODE")) {
                withCode = true;
            } else if (pattern == null && arguments.is(i, "LIBRARYNAME")) {
                if (i + 1 == arguments.size()) {
                    throw new CommandException("ERR library name argument was not given");
                }
                pattern = new Glob(arguments.get(++i));
            } else {
                throw new CommandException("ERR Unknown argument " + arguments.get(i).latin1());
            }
        }
        List<FunctionLibraries.Library> chosen = new ArrayList<>();
        for (FunctionLibraries.Library library : interpreter.libraries(call.engine().scripts()).all().values()) {
            if (pattern == null || pattern.matches(Bytes.of(library.name()))) {
                chosen.add(library);
            }
        }
        Reply reply = call.reply();
        reply.array(chosen.size());
        for (FunctionLibraries.Library library : chosen) {
            describe(library, withCode, reply);
        }
    }

    private static void describe(FunctionLibraries.Library library, boolean withCode, Reply reply) {
        reply.map(withCode ? 4 : 3);
        reply.bulk("library_name");
        reply.bulk(library.name());
        reply.bulk("engine");
        reply.bulk("LUA");
        reply.bulk("functions");
        reply.array(library.functions().size());
        for (FunctionLibraries.Function function : library.functions().values()) {
            reply.map(3);
            reply.bulk("name");
            reply.bulk(function.name());
            reply.bulk("description");
            if (function.description() == null) {
                reply.nil();
            } else {
                reply.bulk(function.description());
            }
            reply.bulk("flags");
            reply.set(function.flags().size());
            function.flags().forEach(flag -> reply.simple(flag.redisName()));
        }
        if (withCode) {
            reply.bulk("library_code");
            reply.bulk(library.source());
        }
    }
}
