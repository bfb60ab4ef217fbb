package io.releve.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.engine.Engine;
import io.releve.replication.Standing;
import java.lang.reflect.Proxy;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;

class EngineHealthTest {
    private static Result.Status status(Standing standing, boolean loading, String info) {
        return status(standing, loading, info, 0);
    }

    private static Result.Status status(Standing standing, boolean loading, String info, long stalledMs) {
        return new EngineHealth((Engine) Proxy.newProxyInstance(Engine.class.getClassLoader(), new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "loading" -> loading;
                    case "standing" -> standing;
                    case "info" -> info;
                    case "stalledMs" -> stalledMs;
                    default -> throw new UnsupportedOperationException(method.toString());
                })).execute().getStatus();
    }

    @Test
    void itTellsWhatClientsWouldMeet() {
        String fine = "# Persistence\r\naof_last_write_status:ok\r\nrdb_last_bgsave_status:ok\r\n";
        assertEquals(Result.Status.OK, status(Standing.MASTER, false, fine));
        assertEquals(Result.Status.TEMPORARILY_UNAVAILABLE, status(Standing.MASTER, true, fine));
        assertEquals(Result.Status.CRITICAL, status(Standing.MASTER, false, fine, 800));
        assertEquals(Result.Status.TEMPORARILY_UNAVAILABLE, new EngineHealth(null).execute().getStatus());
        assertEquals(Result.Status.CRITICAL, status(Standing.MASTER, false, "aof_last_write_status:err\r\n"));
        assertEquals(Result.Status.WARN, status(Standing.MASTER, false, "rdb_last_bgsave_status:err\r\n"));
        Standing noReplicas = new Standing(false, "NOREPLICAS", null, true, false);
        assertEquals(Result.Status.CRITICAL, status(noReplicas, false, fine));
        Standing replica = new Standing(true, "READONLY", null, false, false);
        assertEquals(Result.Status.OK, status(replica, false, fine));
        Standing stale = new Standing(true, "READONLY", "MASTERDOWN", false, false);
        assertEquals(Result.Status.CRITICAL, status(stale, false, fine));
    }
}
