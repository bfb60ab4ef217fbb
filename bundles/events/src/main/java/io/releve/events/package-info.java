/** What happens to the server as events of the Event Admin service. */
package io.releve.events;
