package io.releve.health;

import io.releve.engine.Engine;
import io.releve.replication.Standing;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Whether clients are served, may write, and what they have written reaches the disk. */
@Component(property = {HealthCheck.NAME + "=Relève", HealthCheck.TAGS + "=releve", HealthCheck.TAGS + "=database"})
public final class EngineHealth implements HealthCheck {
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Engine engine;

    /** For the container. */
    public EngineHealth() {
    }

    EngineHealth(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        Engine current = engine;
        if (current == null || current.loading()) {
            log.temporarilyUnavailable("The data are not loaded");
            return new Result(log);
        }
        if (current.stalledMs() > 0) {
            // everything else would have to wait for it
            log.critical("One command has kept all others waiting for {} ms; the log says which", current.stalledMs());
            return new Result(log);
        }
        Standing standing = current.standing();
        log.info("The server is a {}", standing.replica() ? "replica" : "master");
        if (standing.staleRefused() != null) {
            log.critical("Clients are refused: {}", standing.staleRefused());
        } else if (standing.writesRefused() != null && !standing.replica()) {
            log.critical("Writes are refused: {}", standing.writesRefused());
        }
        String persistence = current.info(List.of("persistence"));
        if (has(persistence, "aof_last_write_status:err")) {
            log.critical("The journal cannot be written; writes are refused");
        }
        if (has(persistence, "rdb_last_bgsave_status:err")) {
            log.warn("The last snapshot could not be written");
        }
        if (has(persistence, "aof_last_bgrewrite_status:err")) {
            log.warn("The last base of the journal could not be written");
        }
        return new Result(log);
    }

    private static boolean has(String info, String line) {
        return info.lines().anyMatch(line::equals);
    }
}
