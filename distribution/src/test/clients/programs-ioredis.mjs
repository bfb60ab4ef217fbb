// Five small programs with ioredis. Arguments: port [sentinel port]. Prints a line for each that did what it must.
import assert from 'node:assert/strict';
import Redis from 'ioredis';

const port = Number(process.argv[2]);
const connect = () => new Redis({ port, host: '127.0.0.1', lazyConnect: false, maxRetriesPerRequest: 1 });
const main = connect();
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Workers wait for jobs; what a worker has taken stands in a list of its own until it is done. */
async function jobQueue() {
    const workers = [connect(), connect(), connect()];
    const done = [];
    const running = workers.map(async (worker, i) => {
        for (;;) {
            const job = await worker.blmove('io:jobs', `io:busy:${i}`, 'LEFT', 'RIGHT', 5);
            if (job === null || job === 'stop') {
                return;
            }
            done.push(job);
            await worker.multi().lrem(`io:busy:${i}`, 1, job).incr('io:done').exec();
        }
    });
    const pipeline = main.pipeline();
    for (let i = 0; i < 300; i++) {
        pipeline.rpush('io:jobs', `job-${i}`);
    }
    await pipeline.exec();
    await main.rpush('io:jobs', 'stop', 'stop', 'stop');
    await Promise.all(running);
    assert.equal(new Set(done).size, 300);
    assert.equal(await main.get('io:done'), '300');
    workers.forEach((worker) => worker.disconnect());
}

/** Ten a window, decided by a script, called by its hash. */
async function rateLimiter() {
    main.defineCommand('take', {
        numberOfKeys: 1,
        lua: `local used = redis.call('INCR', KEYS[1])
              if used == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
              if used > tonumber(ARGV[1]) then return {0, redis.call('PTTL', KEYS[1])} end
              return {1, tonumber(ARGV[1]) - used}`,
    });
    const answers = await Promise.all(Array.from({ length: 15 }, () => main.take('io:limit', 10, 1000)));
    assert.equal(answers.filter(([allowed]) => allowed === 1).length, 10);
    assert.ok(answers[14][1] > 0 && answers[14][1] <= 1000);
    await sleep(1100);
    assert.deepEqual(await main.take('io:limit', 10, 1000), [1, 9]);
}

/** A cache that hears by another connection what is no longer true (RESP2). */
async function cacheWithTracking() {
    const ears = connect();
    const reader = connect();
    const cache = new Map();
    const id = await ears.client('ID');
    await ears.subscribe('__redis__:invalidate');
    ears.on('message', (channel, keys) => [].concat(keys ?? [...cache.keys()]).forEach((key) => cache.delete(key)));
    assert.equal(await reader.client('TRACKING', 'ON', 'REDIRECT', id), 'OK');
    await main.set('io:cached', 'one');
    cache.set('io:cached', await reader.get('io:cached'));
    await main.set('io:cached', 'two');
    for (let i = 0; i < 100 && cache.has('io:cached'); i++) {
        await sleep(10);
    }
    assert.equal(cache.has('io:cached'), false);
    assert.equal(await reader.get('io:cached'), 'two');
    ears.disconnect();
    reader.disconnect();
}

async function leaderboard() {
    for (let i = 0; i < 100; i++) {
        await main.zincrby('io:board', (i * 37) % 101, `player-${i % 20}`);
    }
    const top = await main.zrevrange('io:board', 0, 2, 'WITHSCORES');
    assert.equal(top.length, 6);
    assert.ok(Number(top[1]) >= Number(top[3]));
    assert.equal(await main.zrevrank('io:board', top[0]), 0);
    assert.equal(await main.zcard('io:board'), 20);
}

/** A consumer dies with entries in hand; another takes them over. */
async function streamWithCrash() {
    await main.xgroup('CREATE', 'io:stream', 'group', '$', 'MKSTREAM');
    for (let i = 0; i < 20; i++) {
        await main.xadd('io:stream', '*', 'n', String(i));
    }
    const dying = connect();
    const [[, taken]] = await dying.xreadgroup('GROUP', 'group', 'dying', 'COUNT', 5, 'STREAMS', 'io:stream', '>');
    assert.equal(taken.length, 5);
    dying.disconnect();
    const heir = connect();
    const seen = new Set();
    const [, claimed] = await heir.xautoclaim('io:stream', 'group', 'heir', 0, '0-0', 'COUNT', 10);
    claimed.forEach(([id]) => seen.add(id));
    const [[, rest]] = await heir.xreadgroup('GROUP', 'group', 'heir', 'COUNT', 100, 'BLOCK', 1000, 'STREAMS', 'io:stream', '>');
    rest.forEach(([id]) => seen.add(id));
    assert.equal(seen.size, 20);
    assert.equal(await heir.xack('io:stream', 'group', ...seen), 20);
    assert.equal((await heir.xpending('io:stream', 'group'))[0], 0);
    heir.disconnect();
}

for (const program of [jobQueue, rateLimiter, cacheWithTracking, leaderboard, streamWithCrash]) {
    await program();
    console.log(`ioredis ${program.name}: fine`);
}
main.disconnect();
