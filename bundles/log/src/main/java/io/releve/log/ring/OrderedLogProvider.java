package io.releve.log.ring;

import io.releve.log.ChangeLog;
import io.releve.log.ChangeLogProvider;
import org.osgi.service.component.annotations.Component;

/** Makes {@link OrderedLog}s. */
@Component
public final class OrderedLogProvider implements ChangeLogProvider {
    @Override
    public ChangeLog open() {
        return new OrderedLog();
    }
}
