package io.releve.commands.keys;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The commands of Redis' group {@code generic}, and those that count, empty and exchange databases. */
@Component
public final class KeyCommands implements CommandSet {
    private final List<Command> commands = List.of(
            Del.del(), Del.unlink(), new Exists(), new Touch(), new Type(), new Keys(), new Scan(), new RandomKey(),
            Rename.rename(), Rename.renameNx(), new Move(), new Copy(), new ObjectInspection(),
            Expire.expire(), Expire.pExpire(), Expire.expireAt(), Expire.pExpireAt(),
            Ttl.ttl(), Ttl.pTtl(), Ttl.expireTime(), Ttl.pExpireTime(), new Persist(),
            new Dump(), Restore.restore(), Restore.asking(), new Migrate(), Sort.sort(), Sort.readOnly(),
            Wait.replicas(), Wait.files(),
            new DbSize(), Flush.database(), Flush.all(), new SwapDb());

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }
}
