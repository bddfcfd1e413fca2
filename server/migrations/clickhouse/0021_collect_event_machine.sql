-- What best hours ask about an answer, without reading the properties of every event: whether a machine opened or clicked (a mail
-- program that loads pictures, a scanner of links), and by which channel a message of ours went.
alter table events add column if not exists machine Bool materialized event in ('Email Opened', 'Email Link Clicked', 'Message Opened', 'Message Link Clicked') and (simpleJSONExtractBool(properties, 'machine') or simpleJSONExtractBool(properties, 'machine_open') or simpleJSONExtractBool(properties, 'machineOpen'));
alter table events add column if not exists message_channel LowCardinality(String) materialized if(type = 'message', JSONExtractString(properties, 'channel'), '');
