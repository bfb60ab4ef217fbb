package io.releve.acl.core;

import io.releve.command.Call;
import io.releve.command.CommandException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ACL LOAD and ACL SAVE: the file is read and written beside the loop. */
final class FileCommands {
    private static final Logger LOG = LoggerFactory.getLogger(FileCommands.class);

    private FileCommands() {
    }

    private static UserFile file(AclAuthorizer acl) {
        UserFile file = acl.file();
        if (file == null) {
            throw new CommandException("ERR This Redis instance is not configured to use an ACL file. You may want to specify"
                    + " users via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a Redis"
                    + " configuration file set) in order to store users in the Redis configuration.");
        }
        return file;
    }

    static void load(AclAuthorizer acl, Call call) {
        UserFile file = file(acl);
        Call.Outcome outcome = call.outcome();
        if (outcome == null) {
            call.offload(file::read);
            return;
        }
        if (outcome.failure() != null) {
            throw new CommandException("ERR " + outcome.failure().getMessage());
        }
        try {
            acl.catalogue();
            acl.replace(file.parse(outcome.result(), acl.accounts()), call.session());
        } catch (IllegalArgumentException e) {
            throw new CommandException("ERR " + e.getMessage());
        }
        call.reply().ok();
    }

    static void save(AclAuthorizer acl, Call call) {
        UserFile file = file(acl);
        Call.Outcome outcome = call.outcome();
        if (outcome == null) {
            List<String> lines = acl.users();
            call.offload(() -> {
                file.write(lines);
                return new byte[0];
            });
        } else if (outcome.failure() != null) {
            LOG.warn("Saving the users: {}", outcome.failure().toString());
            throw new CommandException("ERR There was an error trying to save the ACLs. Please check the server logs for more"
                    + " information");
        } else {
            call.reply().ok();
        }
    }
}
