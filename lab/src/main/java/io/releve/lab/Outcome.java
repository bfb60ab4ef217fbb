package io.releve.lab;

import java.util.List;
import java.util.Map;

/**
 * What a run of a scenario has shown.
 *
 * @param acknowledged answered writes of the client that asks the sentinels
 * @param lost those of them that the master does not have at the end
 * @param fixedAcknowledged and of the client that always writes to the first master, where there is one; otherwise 0
 * @param leaders names of the sentinels elected, by epoch
 * @param problem what did not come to be as it must, or null
 */
record Outcome(Scenario scenario, int run, List<Change> changes, int acknowledged, int lost, int fixedAcknowledged, int fixedLost,
        Map<Long, List<String>> leaders, String problem) {
    String json() {
        Json json = new Json().field("scenario", scenario.word()).field("run", run);
        json.key("changes").open('[');
        for (Change change : changes) {
            json.open('{').field("promoted_ms", change.promotedMs()).field("gap_ms", change.gapMs()).field("back_ms", change.backMs())
                    .field("resync", change.resync()).close('}');
        }
        json.close(']').field("acknowledged", acknowledged).field("lost", lost);
        if (fixedAcknowledged > 0) {
            json.field("fixed_acknowledged", fixedAcknowledged).field("fixed_lost", fixedLost);
        }
        json.key("leaders").open('{');
        leaders.forEach((epoch, names) -> {
            json.key(epoch.toString()).open('[');
            names.forEach(json::value);
            json.close(']');
        });
        return json.close('}').field("problem", problem).text();
    }
}
