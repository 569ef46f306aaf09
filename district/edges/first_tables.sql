-- migrations: 2763616a39bfd535a7af5254221f716cbf8967a442e4b31626076f44739492d1
SET LOCAL check_function_bodies = false;
SET LOCAL search_path = '';
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE EXTENSION IF NOT EXISTS cube WITH SCHEMA public;

COMMENT ON EXTENSION cube IS 'data type for multidimensional cubes';

CREATE EXTENSION IF NOT EXISTS earthdistance WITH SCHEMA public;

COMMENT ON EXTENSION earthdistance IS 'calculate great-circle distances on the surface of the Earth';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE FUNCTION public._pgh_attach_context() RETURNS uuid
    LANGUAGE plpgsql
    AS $$
                    DECLARE
                        _pgh_context_id UUID;
                        _pgh_context_metadata JSONB;
                    BEGIN
                        BEGIN
                            SELECT INTO _pgh_context_id
                                CURRENT_SETTING('pghistory.context_id');
                            SELECT INTO _pgh_context_metadata
                                CURRENT_SETTING('pghistory.context_metadata');
                            EXCEPTION WHEN OTHERS THEN
                        END;
                        IF _pgh_context_id IS NOT NULL AND _pgh_context_metadata IS NOT NULL THEN
                            INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
                                VALUES (_pgh_context_id, _pgh_context_metadata, NOW(), NOW())
                                ON CONFLICT (id) DO UPDATE
                                    SET metadata = EXCLUDED.metadata,
                                        updated_at = EXCLUDED.updated_at
                                    WHERE pghistory_context.metadata != EXCLUDED.metadata;
                            RETURN _pgh_context_id;
                        ELSE
                            RETURN NULL;
                        END IF;
                    END;
                $$;

CREATE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
                DECLARE
                    _pgtrigger_ignore TEXT[];
                    _result BOOLEAN;
                BEGIN
                    BEGIN
                        SELECT INTO _pgtrigger_ignore
                            CURRENT_SETTING('pgtrigger.ignore');
                        EXCEPTION WHEN OTHERS THEN
                    END;
                    IF _pgtrigger_ignore IS NOT NULL THEN
                        SELECT trigger_name = ANY(_pgtrigger_ignore)
                        INTO _result;
                        RETURN _result;
                    ELSE
                        RETURN FALSE;
                    END IF;
                END;
            $$;

CREATE FUNCTION public.alerts_tell_rules() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_notify('alerts_rules', '');
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_marks(title text, address text, stage text, classification text, state text, light text, channel text, procedure text) RETURNS text[]
    LANGUAGE sql IMMUTABLE COST 5000 PARALLEL SAFE
    AS $$
    SELECT coalesce(array_agg(DISTINCT pair), '{}')
        || ARRAY['state=' || state, 'light=' || light, 'channel=' || channel, 'procedure=' || procedure]
    FROM (VALUES ('t', upper(title)), ('a', upper(address)), ('s', upper(stage)), ('c', upper(classification)))
            given (mark, words),
        LATERAL (SELECT mark || substr(words, n, 2) AS pair FROM generate_series(1, length(words) - 1) n) pairs
$$;

CREATE FUNCTION public.cases_pairs(mark text, given text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT coalesce(array_agg(DISTINCT mark || substr(upper(given), n, 2)), '{}')
    FROM generate_series(1, length(given) - 1) n
$$;

CREATE FUNCTION public.devices_tell_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_notify(TG_ARGV[0], '');
    RETURN NULL;
END $$;

CREATE FUNCTION public.governance_care_account() RETURNS bigint
    LANGUAGE sql STABLE
    AS $$
    SELECT nullif(current_setting('district.care_account', true), '')::bigint
$$;

CREATE FUNCTION public.governance_care_now() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
    SELECT nullif(current_setting('district.care_now', true), '')::timestamptz
$$;

CREATE FUNCTION public.governance_care_reach() RETURNS TABLE(role text, kind text, organisation_id bigint)
    LANGUAGE sql STABLE
    AS $$
    SELECT duty.role, unit.kind, reached.id
    FROM people_duty duty
    JOIN people_account account ON account.id = duty.account_id AND account.status = 'active'
    JOIN people_organisation own ON own.id = duty.organisation_id
    JOIN governance_careunit unit ON unit.organisation_id = own.id
    JOIN people_organisation reached
      ON duty.scope = 'district' OR reached.id = own.id
      OR (duty.scope = 'subtree' AND starts_with(reached.path, own.path || '.'))
    CROSS JOIN (SELECT nullif(current_setting('district.care_today', true), '')::date AS today) said
    WHERE duty.account_id = governance_care_account() AND duty.ended_at IS NULL
      AND duty.role IN ('governance.carer', 'governance.care_lead')
      AND duty.from_on <= said.today AND (duty.until_on IS NULL OR duty.until_on >= said.today)
$$;

CREATE FUNCTION public.governance_care_work() RETURNS text
    LANGUAGE sql STABLE
    AS $$
    SELECT coalesce(current_setting('district.care_work', true), '')
$$;

CREATE FUNCTION public.governance_careunlock_check() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF governance_care_work() = 'expiry' THEN RETURN NEW; END IF;
    IF (NEW.record_id, NEW.requested_by_id, NEW.requested_at, NEW.reason)
       IS DISTINCT FROM (OLD.record_id, OLD.requested_by_id, OLD.requested_at, OLD.reason) THEN
        RAISE EXCEPTION 'a request to unlock is not rewritten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.approved_by_id, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_at) THEN
        IF OLD.approved_by_id IS NOT NULL OR OLD.refused_at IS NOT NULL
           OR NEW.approved_by_id IS DISTINCT FROM governance_care_account()
           OR NOT EXISTS (SELECT 1 FROM governance_carerecord record
                          WHERE record.id = NEW.record_id AND ((record.kind, record.organisation_id) IN (
    SELECT reach.kind, reach.organisation_id FROM governance_care_reach() reach
    WHERE reach.role = 'governance.care_lead'))) THEN
            RAISE EXCEPTION 'a record is unlocked by a second person, the lead of its unit'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF NEW.until_at > OLD.until_at THEN
        RAISE EXCEPTION 'an unlocking is not prolonged' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.pgtrigger_answer_check_stands_d6c02() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_0021d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_06dd0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_16356() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_2019b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_2ea3f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_37ca6() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_428eb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_46bac() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_4fadd() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_53ae1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_58c54() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_5b9aa() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_6d783() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_6e9e3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_71adb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_74240() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_855e5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_8a53b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_97f3c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_b9ebf() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_bb4b7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_c9fad() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_cd58b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_d6061() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_dbdbc() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_e9ebb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_append_only_f4327() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_final_scores_stand_ec0b0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                DECLARE standing text;
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
                    SELECT state INTO standing FROM programme_appraisalyear
                    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.year_id ELSE NEW.year_id END;
                    IF standing = 'final' THEN RAISE EXCEPTION 'scores of a final appraisal stand'; END IF;
                    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                
                END;
            $$;

CREATE FUNCTION public.pgtrigger_final_stands_854e7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_01244() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "transit_changeevent" ("amended_at", "amended_by_id", "begin_at", "cause", "details", "direction", "end_at", "ended_at", "ended_by_id", "id", "is_simulated", "kind", "lines", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "severity", "state", "stops", "text", "text_en", "title", "title_en", "trips") VALUES (NEW."amended_at", NEW."amended_by_id", NEW."begin_at", NEW."cause", NEW."details", NEW."direction", NEW."end_at", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."is_simulated", NEW."kind", NEW."lines", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."published_at", NEW."published_by_id", NEW."severity", NEW."state", NEW."stops", NEW."text", NEW."text_en", NEW."title", NEW."title_en", NEW."trips"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_06d4e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "brain_savedquestionevent" ("chart", "created_at", "due_at", "id", "is_shared", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "purpose", "schedule", "sql", "title") VALUES (NEW."chart", NEW."created_at", NEW."due_at", NEW."id", NEW."is_shared", NEW."organisation_id", NEW."owner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."product_id", NEW."purpose", NEW."schedule", NEW."sql", NEW."title"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_1b204() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "people_accountevent" ("created_at", "email", "id", "is_demo", "joined_on", "language", "left_on", "must_change_password", "name", "organisation_id", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "status", "theme", "until_at", "username") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_demo", NEW."joined_on", NEW."language", NEW."left_on", NEW."must_change_password", NEW."name", NEW."organisation_id", NEW."password_changed_at", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."phone", NEW."status", NEW."theme", NEW."until_at", NEW."username"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_2106a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_sourceevent" ("address", "code", "contact_name", "contact_phone", "credit_code", "division_code", "id", "industry", "is_demo", "lat", "level", "lon", "name", "noted_at", "operating_since_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status") VALUES (NEW."address", NEW."code", NEW."contact_name", NEW."contact_phone", NEW."credit_code", NEW."division_code", NEW."id", NEW."industry", NEW."is_demo", NEW."lat", NEW."level", NEW."lon", NEW."name", NEW."noted_at", NEW."operating_since_on", NEW."organisation_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."status"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_2657b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "alerts_ruleevent" ("changed_at", "changed_by_id", "channels", "device_id", "device_kind", "division_code", "id", "inputs", "is_enabled", "item", "item_name", "key", "kind", "name", "parameters", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "severity", "statistic", "system") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."channels", NEW."device_id", NEW."device_kind", NEW."division_code", NEW."id", NEW."inputs", NEW."is_enabled", NEW."item", NEW."item_name", NEW."key", NEW."kind", NEW."name", NEW."parameters", NEW."period", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."roles", NEW."severity", NEW."statistic", NEW."system"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_284ad() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "grants_objectionevent" ("account_id", "answer", "answered_at", "answered_by_id", "at", "by_citizen", "due_at", "grant_id", "id", "is_simulated", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "resource_id", "state", "text") VALUES (NEW."account_id", NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."at", NEW."by_citizen", NEW."due_at", NEW."grant_id", NEW."id", NEW."is_simulated", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."records", NEW."resource_id", NEW."state", NEW."text"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_3230b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "datasets_itemevent" ("code_table", "en", "grade", "holds", "id", "is_key", "is_required", "length", "mask", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "resource_id", "title", "type", "unit") VALUES (NEW."code_table", NEW."en", NEW."grade", NEW."holds", NEW."id", NEW."is_key", NEW."is_required", NEW."length", NEW."mask", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position", NEW."resource_id", NEW."title", NEW."type", NEW."unit"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_33fc2() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "devices_deviceevent" ("attributes", "code", "division_code", "id", "interval_s", "is_simulated", "kind", "lat", "lon", "made_at", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol", "status", "system") VALUES (NEW."attributes", NEW."code", NEW."division_code", NEW."id", NEW."interval_s", NEW."is_simulated", NEW."kind", NEW."lat", NEW."lon", NEW."made_at", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."protocol", NEW."status", NEW."system"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_3dfe4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "people_dutyevent" ("account_id", "ended_at", "ended_by_id", "from_on", "granted_at", "granted_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "scope", "until_on") VALUES (NEW."account_id", NEW."ended_at", NEW."ended_by_id", NEW."from_on", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."reason", NEW."role", NEW."scope", NEW."until_on"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_42f33() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_permitevent" ("id", "is_demo", "issued_on", "issuer", "level", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "special_requirements", "status", "valid_from_on", "valid_until_on") VALUES (NEW."id", NEW."is_demo", NEW."issued_on", NEW."issuer", NEW."level", NEW."number", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."source_id", NEW."special_requirements", NEW."status", NEW."valid_from_on", NEW."valid_until_on"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_466d3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_outletevent" ("base_oxygen_percent", "code", "device_id", "diameter_m", "discharge_way", "height_m", "id", "inlet_device_id", "is_in_use", "kind", "lat", "lon", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiving_water", "source_id") VALUES (NEW."base_oxygen_percent", NEW."code", NEW."device_id", NEW."diameter_m", NEW."discharge_way", NEW."height_m", NEW."id", NEW."inlet_device_id", NEW."is_in_use", NEW."kind", NEW."lat", NEW."lon", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."receiving_water", NEW."source_id"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_49ecc() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_facilityevent" ("capacity", "code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process", "source_id") VALUES (NEW."capacity", NEW."code", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."process", NEW."source_id"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_4cd32() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_permitdutyevent" ("every", "grace_days", "id", "kind", "permit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."every", NEW."grace_days", NEW."id", NEW."kind", NEW."permit_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."title"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_517ee() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_statemarkevent" ("declared_at", "declared_by_id", "from_at", "id", "note", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "until_at") VALUES (NEW."declared_at", NEW."declared_by_id", NEW."from_at", NEW."id", NEW."note", NEW."outlet_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."state", NEW."until_at"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_533cd() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_permitlimitevent" ("basis", "frequency", "id", "item", "limit", "lower_limit", "outlet_id", "period", "permit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requires_automatic", "unit", "valid_from_on", "valid_until_on") VALUES (NEW."basis", NEW."frequency", NEW."id", NEW."item", NEW."limit", NEW."lower_limit", NEW."outlet_id", NEW."period", NEW."permit_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."requires_automatic", NEW."unit", NEW."valid_from_on", NEW."valid_until_on"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_5bd03() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "grants_requestevent" ("accepted_at", "account_id", "case_id", "contact", "created_at", "decided_at", "decided_by_id", "divisions", "due_at", "ends_on", "frequency", "ground", "id", "is_simulated", "items", "matter", "matter_code", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reason", "receiving_system", "reminded_at", "resource_id", "scene", "security_level", "starts_on", "state", "submitted_at", "supervised_at") VALUES (NEW."accepted_at", NEW."account_id", NEW."case_id", NEW."contact", NEW."created_at", NEW."decided_at", NEW."decided_by_id", NEW."divisions", NEW."due_at", NEW."ends_on", NEW."frequency", NEW."ground", NEW."id", NEW."is_simulated", NEW."items", NEW."matter", NEW."matter_code", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."purpose", NEW."reason", NEW."receiving_system", NEW."reminded_at", NEW."resource_id", NEW."scene", NEW."security_level", NEW."starts_on", NEW."state", NEW."submitted_at", NEW."supervised_at"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_5cc97() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_permitquantityevent" ("allowed_kg", "id", "item", "outlet_id", "permit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."allowed_kg", NEW."id", NEW."item", NEW."outlet_id", NEW."permit_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."year"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_64a78() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_sourceevent" ("id", "keep_days", "key", "legal_ground", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "rank", "resource_id", "title") VALUES (NEW."id", NEW."keep_days", NEW."key", NEW."legal_ground", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."purpose", NEW."rank", NEW."resource_id", NEW."title"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_65fe2() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "datasets_resourceevent" ("abstract", "category", "code", "created_at", "cycle", "en", "format", "id", "is_open_to_public", "is_secret", "is_simulated", "keep_days", "legal_ground", "level", "library", "name", "open_condition", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "published_at", "share", "share_condition", "share_way", "shelf", "system", "table", "theme", "title", "updated_at") VALUES (NEW."abstract", NEW."category", NEW."code", NEW."created_at", NEW."cycle", NEW."en", NEW."format", NEW."id", NEW."is_open_to_public", NEW."is_secret", NEW."is_simulated", NEW."keep_days", NEW."legal_ground", NEW."level", NEW."library", NEW."name", NEW."open_condition", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."provider_id", NEW."published_at", NEW."share", NEW."share_condition", NEW."share_way", NEW."shelf", NEW."system", NEW."table", NEW."theme", NEW."title", NEW."updated_at"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_74496() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "feeds_subscriptionevent" ("created_at", "created_by_id", "grant_id", "id", "is_simulated", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "url") VALUES (NEW."created_at", NEW."created_by_id", NEW."grant_id", NEW."id", NEW."is_simulated", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."reason", NEW."state", NEW."url"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_9be15() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_precedenceevent" ("id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "source_id") VALUES (NEW."id", NEW."key", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."rank", NEW."source_id"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_9c01d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "grants_grantevent" ("client_id", "conditions", "divisions", "ends_at", "granted_at", "granted_by_id", "grantee_id", "ground", "id", "is_simulated", "items", "masks", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plain", "purpose", "request_id", "requests_per_day", "requests_per_minute", "resource_id", "revision", "rows_per_day", "starts_at", "state", "state_at", "state_reason") VALUES (NEW."client_id", NEW."conditions", NEW."divisions", NEW."ends_at", NEW."granted_at", NEW."granted_by_id", NEW."grantee_id", NEW."ground", NEW."id", NEW."is_simulated", NEW."items", NEW."masks", NEW."number", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."plain", NEW."purpose", NEW."request_id", NEW."requests_per_day", NEW."requests_per_minute", NEW."resource_id", NEW."revision", NEW."rows_per_day", NEW."starts_at", NEW."state", NEW."state_at", NEW."state_reason"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_9d130() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_dutyfulfilmentevent" ("done_on", "duty_id", "id", "note", "number", "period_ends_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") VALUES (NEW."done_on", NEW."duty_id", NEW."id", NEW."note", NEW."number", NEW."period_ends_on", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_9fd92() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_monitoringpointevent" ("code", "coverage_radius_km", "covers", "device_id", "division_code", "element", "factors", "function_class", "id", "is_demo", "is_in_use", "is_lake", "lat", "lon", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "river", "target_class", "units", "zone") VALUES (NEW."code", NEW."coverage_radius_km", NEW."covers", NEW."device_id", NEW."division_code", NEW."element", NEW."factors", NEW."function_class", NEW."id", NEW."is_demo", NEW."is_in_use", NEW."is_lake", NEW."lat", NEW."lon", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."reach_km", NEW."river", NEW."target_class", NEW."units", NEW."zone"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_b10b0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_filerecordevent" ("attachment", "attachment_name", "attachment_sha256", "attachment_type", "fields", "happened_on", "id", "is_withdrawn", "issuer", "kind", "number", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source_id", "summary", "title", "withdrawn_reason") VALUES (NEW."attachment", NEW."attachment_name", NEW."attachment_sha256", NEW."attachment_type", NEW."fields", NEW."happened_on", NEW."id", NEW."is_withdrawn", NEW."issuer", NEW."kind", NEW."number", NEW."outlet_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."source_id", NEW."summary", NEW."title", NEW."withdrawn_reason"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_b5ae4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "grants_clientevent" ("application_id", "contact", "created_at", "created_by_id", "id", "is_active", "is_simulated", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "secret_at", "system_name") VALUES (NEW."application_id", NEW."contact", NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_active", NEW."is_simulated", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."secret_at", NEW."system_name"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_c877a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "datasets_purgeevent" ("at", "by_id", "bytes", "files", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "resource_name", "rows", "sha256") VALUES (NEW."at", NEW."by_id", NEW."bytes", NEW."files", NEW."id", NEW."number", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."reason", NEW."resource_name", NEW."rows", NEW."sha256"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_d087f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "people_organisationevent" ("code", "division_code", "en", "id", "is_demo", "kind", "name", "order", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uscc") VALUES (NEW."code", NEW."division_code", NEW."en", NEW."id", NEW."is_demo", NEW."kind", NEW."name", NEW."order", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."uscc"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_d33d5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "datasets_qualityruleevent" ("changed_at", "changed_by_id", "dimension", "id", "is_active", "is_blocking", "item", "kind", "least_share", "note", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."dimension", NEW."id", NEW."is_active", NEW."is_blocking", NEW."item", NEW."kind", NEW."least_share", NEW."note", NEW."parameters", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."resource_id"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_f3b5c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_supervisioncaseevent" ("alarm_id", "closed_at", "device_id", "due_at", "exemption", "happened_at", "id", "item", "kind", "limit_value", "measured_value", "number", "opened_at", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "reminded_at", "reminders", "source_id", "state", "title", "unit") VALUES (NEW."alarm_id", NEW."closed_at", NEW."device_id", NEW."due_at", NEW."exemption", NEW."happened_at", NEW."id", NEW."item", NEW."kind", NEW."limit_value", NEW."measured_value", NEW."number", NEW."opened_at", NEW."outlet_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."point_id", NEW."reminded_at", NEW."reminders", NEW."source_id", NEW."state", NEW."title", NEW."unit"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_insert_insert_f8d99() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "connectors_sourceevent" ("created_at", "created_by_id", "cursor", "cursor_item", "id", "is_active", "kind", "mode", "name", "on_new_column", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "schedule", "settings") VALUES (NEW."created_at", NEW."created_by_id", NEW."cursor", NEW."cursor_item", NEW."id", NEW."is_active", NEW."kind", NEW."mode", NEW."name", NEW."on_new_column", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."resource_id", NEW."schedule", NEW."settings"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_no_truncate_5cbef() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
    -- The runner of tests empties tables between tests; nobody else may.
    IF current_database() LIKE 'test\_%' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'the audit trail cannot be emptied';

                END;
            $$;

CREATE FUNCTION public.pgtrigger_only_inside_a_patrol_46f4a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
                    IF NOT EXISTS (
                        SELECT 1 FROM governance_patrol p WHERE p.id = NEW.patrol_id AND p.track_deleted_at IS NULL
                          AND NEW.at >= p.started_at AND (p.ended_at IS NULL OR NEW.at <= p.ended_at)
                    ) THEN
                        RAISE EXCEPTION 'track point outside its patrol' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                
                END;
            $$;

CREATE FUNCTION public.pgtrigger_seal_append_only_b42b1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_seal_no_truncate_541b5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
    -- The runner of tests empties tables between tests; nobody else may.
    IF current_database() LIKE 'test\_%' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'the audit trail cannot be emptied';

                END;
            $$;

CREATE FUNCTION public.pgtrigger_subjects_append_only_aa362() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_subjects_no_truncate_4ac17() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
    -- The runner of tests empties tables between tests; nobody else may.
    IF current_database() LIKE 'test\_%' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'the audit trail cannot be emptied';

                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_03e25() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "grants_grantevent" ("client_id", "conditions", "divisions", "ends_at", "granted_at", "granted_by_id", "grantee_id", "ground", "id", "is_simulated", "items", "masks", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plain", "purpose", "request_id", "requests_per_day", "requests_per_minute", "resource_id", "revision", "rows_per_day", "starts_at", "state", "state_at", "state_reason") VALUES (NEW."client_id", NEW."conditions", NEW."divisions", NEW."ends_at", NEW."granted_at", NEW."granted_by_id", NEW."grantee_id", NEW."ground", NEW."id", NEW."is_simulated", NEW."items", NEW."masks", NEW."number", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."plain", NEW."purpose", NEW."request_id", NEW."requests_per_day", NEW."requests_per_minute", NEW."resource_id", NEW."revision", NEW."rows_per_day", NEW."starts_at", NEW."state", NEW."state_at", NEW."state_reason"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_0478f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "brain_savedquestionevent" ("chart", "created_at", "due_at", "id", "is_shared", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "purpose", "schedule", "sql", "title") VALUES (NEW."chart", NEW."created_at", NEW."due_at", NEW."id", NEW."is_shared", NEW."organisation_id", NEW."owner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."product_id", NEW."purpose", NEW."schedule", NEW."sql", NEW."title"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_08fd3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "datasets_purgeevent" ("at", "by_id", "bytes", "files", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "resource_name", "rows", "sha256") VALUES (NEW."at", NEW."by_id", NEW."bytes", NEW."files", NEW."id", NEW."number", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."reason", NEW."resource_name", NEW."rows", NEW."sha256"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_0b773() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "datasets_resourceevent" ("abstract", "category", "code", "created_at", "cycle", "en", "format", "id", "is_open_to_public", "is_secret", "is_simulated", "keep_days", "legal_ground", "level", "library", "name", "open_condition", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "published_at", "share", "share_condition", "share_way", "shelf", "system", "table", "theme", "title", "updated_at") VALUES (NEW."abstract", NEW."category", NEW."code", NEW."created_at", NEW."cycle", NEW."en", NEW."format", NEW."id", NEW."is_open_to_public", NEW."is_secret", NEW."is_simulated", NEW."keep_days", NEW."legal_ground", NEW."level", NEW."library", NEW."name", NEW."open_condition", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."provider_id", NEW."published_at", NEW."share", NEW."share_condition", NEW."share_way", NEW."shelf", NEW."system", NEW."table", NEW."theme", NEW."title", NEW."updated_at"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_1eae5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "people_dutyevent" ("account_id", "ended_at", "ended_by_id", "from_on", "granted_at", "granted_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "scope", "until_on") VALUES (NEW."account_id", NEW."ended_at", NEW."ended_by_id", NEW."from_on", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."reason", NEW."role", NEW."scope", NEW."until_on"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_22a3c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "feeds_subscriptionevent" ("created_at", "created_by_id", "grant_id", "id", "is_simulated", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "url") VALUES (NEW."created_at", NEW."created_by_id", NEW."grant_id", NEW."id", NEW."is_simulated", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."reason", NEW."state", NEW."url"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_3b1d2() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "connectors_sourceevent" ("created_at", "created_by_id", "cursor", "cursor_item", "id", "is_active", "kind", "mode", "name", "on_new_column", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "schedule", "settings") VALUES (NEW."created_at", NEW."created_by_id", NEW."cursor", NEW."cursor_item", NEW."id", NEW."is_active", NEW."kind", NEW."mode", NEW."name", NEW."on_new_column", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."resource_id", NEW."schedule", NEW."settings"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_3cd3a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "alerts_ruleevent" ("changed_at", "changed_by_id", "channels", "device_id", "device_kind", "division_code", "id", "inputs", "is_enabled", "item", "item_name", "key", "kind", "name", "parameters", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "severity", "statistic", "system") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."channels", NEW."device_id", NEW."device_kind", NEW."division_code", NEW."id", NEW."inputs", NEW."is_enabled", NEW."item", NEW."item_name", NEW."key", NEW."kind", NEW."name", NEW."parameters", NEW."period", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."roles", NEW."severity", NEW."statistic", NEW."system"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_42091() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_outletevent" ("base_oxygen_percent", "code", "device_id", "diameter_m", "discharge_way", "height_m", "id", "inlet_device_id", "is_in_use", "kind", "lat", "lon", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiving_water", "source_id") VALUES (NEW."base_oxygen_percent", NEW."code", NEW."device_id", NEW."diameter_m", NEW."discharge_way", NEW."height_m", NEW."id", NEW."inlet_device_id", NEW."is_in_use", NEW."kind", NEW."lat", NEW."lon", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."receiving_water", NEW."source_id"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_4e5e7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_statemarkevent" ("declared_at", "declared_by_id", "from_at", "id", "note", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "until_at") VALUES (NEW."declared_at", NEW."declared_by_id", NEW."from_at", NEW."id", NEW."note", NEW."outlet_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."state", NEW."until_at"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_50d95() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "datasets_qualityruleevent" ("changed_at", "changed_by_id", "dimension", "id", "is_active", "is_blocking", "item", "kind", "least_share", "note", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."dimension", NEW."id", NEW."is_active", NEW."is_blocking", NEW."item", NEW."kind", NEW."least_share", NEW."note", NEW."parameters", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."resource_id"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_605e9() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "devices_deviceevent" ("attributes", "code", "division_code", "id", "interval_s", "is_simulated", "kind", "lat", "lon", "made_at", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol", "status", "system") VALUES (NEW."attributes", NEW."code", NEW."division_code", NEW."id", NEW."interval_s", NEW."is_simulated", NEW."kind", NEW."lat", NEW."lon", NEW."made_at", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."protocol", NEW."status", NEW."system"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_7c7a1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "people_accountevent" ("created_at", "email", "id", "is_demo", "joined_on", "language", "left_on", "must_change_password", "name", "organisation_id", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "status", "theme", "until_at", "username") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_demo", NEW."joined_on", NEW."language", NEW."left_on", NEW."must_change_password", NEW."name", NEW."organisation_id", NEW."password_changed_at", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."phone", NEW."status", NEW."theme", NEW."until_at", NEW."username"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_8631b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_sourceevent" ("address", "code", "contact_name", "contact_phone", "credit_code", "division_code", "id", "industry", "is_demo", "lat", "level", "lon", "name", "noted_at", "operating_since_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status") VALUES (NEW."address", NEW."code", NEW."contact_name", NEW."contact_phone", NEW."credit_code", NEW."division_code", NEW."id", NEW."industry", NEW."is_demo", NEW."lat", NEW."level", NEW."lon", NEW."name", NEW."noted_at", NEW."operating_since_on", NEW."organisation_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."status"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_a8055() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "grants_clientevent" ("application_id", "contact", "created_at", "created_by_id", "id", "is_active", "is_simulated", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "secret_at", "system_name") VALUES (NEW."application_id", NEW."contact", NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_active", NEW."is_simulated", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."secret_at", NEW."system_name"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_ad34e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_facilityevent" ("capacity", "code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process", "source_id") VALUES (NEW."capacity", NEW."code", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."process", NEW."source_id"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_b44a7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_permitdutyevent" ("every", "grace_days", "id", "kind", "permit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."every", NEW."grace_days", NEW."id", NEW."kind", NEW."permit_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."title"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_b5583() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_monitoringpointevent" ("code", "coverage_radius_km", "covers", "device_id", "division_code", "element", "factors", "function_class", "id", "is_demo", "is_in_use", "is_lake", "lat", "lon", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "river", "target_class", "units", "zone") VALUES (NEW."code", NEW."coverage_radius_km", NEW."covers", NEW."device_id", NEW."division_code", NEW."element", NEW."factors", NEW."function_class", NEW."id", NEW."is_demo", NEW."is_in_use", NEW."is_lake", NEW."lat", NEW."lon", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."reach_km", NEW."river", NEW."target_class", NEW."units", NEW."zone"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_b8406() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_precedenceevent" ("id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "source_id") VALUES (NEW."id", NEW."key", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."rank", NEW."source_id"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_ba0b1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "transit_changeevent" ("amended_at", "amended_by_id", "begin_at", "cause", "details", "direction", "end_at", "ended_at", "ended_by_id", "id", "is_simulated", "kind", "lines", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "severity", "state", "stops", "text", "text_en", "title", "title_en", "trips") VALUES (NEW."amended_at", NEW."amended_by_id", NEW."begin_at", NEW."cause", NEW."details", NEW."direction", NEW."end_at", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."is_simulated", NEW."kind", NEW."lines", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."published_at", NEW."published_by_id", NEW."severity", NEW."state", NEW."stops", NEW."text", NEW."text_en", NEW."title", NEW."title_en", NEW."trips"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_c3fee() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "people_organisationevent" ("code", "division_code", "en", "id", "is_demo", "kind", "name", "order", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uscc") VALUES (NEW."code", NEW."division_code", NEW."en", NEW."id", NEW."is_demo", NEW."kind", NEW."name", NEW."order", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."uscc"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_c82e4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "datasets_itemevent" ("code_table", "en", "grade", "holds", "id", "is_key", "is_required", "length", "mask", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "resource_id", "title", "type", "unit") VALUES (NEW."code_table", NEW."en", NEW."grade", NEW."holds", NEW."id", NEW."is_key", NEW."is_required", NEW."length", NEW."mask", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position", NEW."resource_id", NEW."title", NEW."type", NEW."unit"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_c8cb2() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_permitquantityevent" ("allowed_kg", "id", "item", "outlet_id", "permit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."allowed_kg", NEW."id", NEW."item", NEW."outlet_id", NEW."permit_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."year"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_cc43c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_supervisioncaseevent" ("alarm_id", "closed_at", "device_id", "due_at", "exemption", "happened_at", "id", "item", "kind", "limit_value", "measured_value", "number", "opened_at", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "reminded_at", "reminders", "source_id", "state", "title", "unit") VALUES (NEW."alarm_id", NEW."closed_at", NEW."device_id", NEW."due_at", NEW."exemption", NEW."happened_at", NEW."id", NEW."item", NEW."kind", NEW."limit_value", NEW."measured_value", NEW."number", NEW."opened_at", NEW."outlet_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."point_id", NEW."reminded_at", NEW."reminders", NEW."source_id", NEW."state", NEW."title", NEW."unit"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_d458d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_permitevent" ("id", "is_demo", "issued_on", "issuer", "level", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "special_requirements", "status", "valid_from_on", "valid_until_on") VALUES (NEW."id", NEW."is_demo", NEW."issued_on", NEW."issuer", NEW."level", NEW."number", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."source_id", NEW."special_requirements", NEW."status", NEW."valid_from_on", NEW."valid_until_on"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_e3aff() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_filerecordevent" ("attachment", "attachment_name", "attachment_sha256", "attachment_type", "fields", "happened_on", "id", "is_withdrawn", "issuer", "kind", "number", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source_id", "summary", "title", "withdrawn_reason") VALUES (NEW."attachment", NEW."attachment_name", NEW."attachment_sha256", NEW."attachment_type", NEW."fields", NEW."happened_on", NEW."id", NEW."is_withdrawn", NEW."issuer", NEW."kind", NEW."number", NEW."outlet_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."source_id", NEW."summary", NEW."title", NEW."withdrawn_reason"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_e981f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "grants_objectionevent" ("account_id", "answer", "answered_at", "answered_by_id", "at", "by_citizen", "due_at", "grant_id", "id", "is_simulated", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "resource_id", "state", "text") VALUES (NEW."account_id", NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."at", NEW."by_citizen", NEW."due_at", NEW."grant_id", NEW."id", NEW."is_simulated", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."records", NEW."resource_id", NEW."state", NEW."text"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_ea9d3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "parties_sourceevent" ("id", "keep_days", "key", "legal_ground", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "rank", "resource_id", "title") VALUES (NEW."id", NEW."keep_days", NEW."key", NEW."legal_ground", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."purpose", NEW."rank", NEW."resource_id", NEW."title"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_f2067() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "grants_requestevent" ("accepted_at", "account_id", "case_id", "contact", "created_at", "decided_at", "decided_by_id", "divisions", "due_at", "ends_on", "frequency", "ground", "id", "is_simulated", "items", "matter", "matter_code", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reason", "receiving_system", "reminded_at", "resource_id", "scene", "security_level", "starts_on", "state", "submitted_at", "supervised_at") VALUES (NEW."accepted_at", NEW."account_id", NEW."case_id", NEW."contact", NEW."created_at", NEW."decided_at", NEW."decided_by_id", NEW."divisions", NEW."due_at", NEW."ends_on", NEW."frequency", NEW."ground", NEW."id", NEW."is_simulated", NEW."items", NEW."matter", NEW."matter_code", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."purpose", NEW."reason", NEW."receiving_system", NEW."reminded_at", NEW."resource_id", NEW."scene", NEW."security_level", NEW."starts_on", NEW."state", NEW."submitted_at", NEW."supervised_at"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_f3d93() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_dutyfulfilmentevent" ("done_on", "duty_id", "id", "note", "number", "period_ends_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") VALUES (NEW."done_on", NEW."duty_id", NEW."id", NEW."note", NEW."number", NEW."period_ends_on", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_update_update_fd928() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "environment_permitlimitevent" ("basis", "frequency", "id", "item", "limit", "lower_limit", "outlet_id", "period", "permit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "requires_automatic", "unit", "valid_from_on", "valid_until_on") VALUES (NEW."basis", NEW."frequency", NEW."id", NEW."item", NEW."limit", NEW."lower_limit", NEW."outlet_id", NEW."period", NEW."permit_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."requires_automatic", NEW."unit", NEW."valid_from_on", NEW."valid_until_on"); RETURN NULL;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_use_append_only_44c9f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.pgtrigger_use_no_truncate_2b414() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
    -- The runner of tests empties tables between tests; nobody else may.
    IF current_database() LIKE 'test\_%' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'the audit trail cannot be emptied';

                END;
            $$;

CREATE FUNCTION public.pgtrigger_weights_stand_41c38() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.programme_acceptance_has_run() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM programme_acceptancerun
            WHERE id = NEW.run_id AND project_id = NEW.project_id AND is_passed AND by_id <> NEW.decided_by_id) THEN
        RAISE EXCEPTION 'accepted only on a passed run of the same project that another ran' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_account_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance_fen <> 0 THEN
            RAISE EXCEPTION 'an account begins with nothing' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.commitment_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM programme_commitment k WHERE k.id = NEW.commitment_id AND k.line_id = NEW.line_id)
           OR NEW.payment_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM programme_payment p WHERE p.id = NEW.payment_id AND p.commitment_id = NEW.commitment_id) THEN
            RAISE EXCEPTION 'an account is of one line, one commitment, one payment' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF to_jsonb(NEW) - 'balance_fen' <> to_jsonb(OLD) - 'balance_fen' THEN
        RAISE EXCEPTION 'an account stays what it is' USING ERRCODE = 'check_violation';
    ELSIF NEW.balance_fen <> OLD.balance_fen AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a balance is the sum of its lines and cannot be written' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_balance_follows() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE programme_ledgeraccount SET balance_fen = balance_fen + NEW.amount_fen WHERE id = NEW.account_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.programme_books_agree() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE k programme_commitment;
BEGIN
    IF TG_TABLE_NAME = 'programme_payment' THEN
        PERFORM programme_commitment_agrees(NEW.commitment_id);
        PERFORM programme_cash_agrees((SELECT l.source FROM programme_budgetline l JOIN programme_commitment c ON c.line_id = l.id
                                       WHERE c.id = NEW.commitment_id));
    ELSIF TG_TABLE_NAME = 'programme_commitment' THEN
        PERFORM programme_commitment_agrees(NEW.id);
        PERFORM programme_undertaking_agrees(NEW.contract_id, NEW.subsidy_id);
    ELSIF TG_TABLE_NAME = 'programme_contract' THEN PERFORM programme_undertaking_agrees(NEW.id, NULL);
    ELSIF TG_TABLE_NAME = 'programme_subsidy' THEN PERFORM programme_undertaking_agrees(NULL, NEW.id);
    ELSIF TG_TABLE_NAME = 'programme_budgetline' THEN PERFORM programme_line_agrees(NEW.id);
    ELSIF TG_TABLE_NAME = 'programme_budgetchange' THEN PERFORM programme_line_agrees(NEW.line_id);
    ELSIF TG_TABLE_NAME = 'programme_receipt' THEN PERFORM programme_cash_agrees(NEW.source);
    ELSIF NEW.line_id IS NULL THEN PERFORM programme_cash_agrees(NEW.source);
    ELSIF NEW.commitment_id IS NOT NULL THEN PERFORM programme_commitment_agrees(NEW.commitment_id);
    ELSE PERFORM programme_line_agrees(NEW.line_id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.programme_cash_agrees(which text) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE came numeric; went numeric; held numeric; income numeric;
BEGIN
    SELECT coalesce(sum(amount_fen), 0) INTO came FROM programme_receipt WHERE source = which AND state = 'approved';
    SELECT coalesce(sum(p.amount_fen), 0) INTO went FROM programme_payment p JOIN programme_commitment k ON k.id = p.commitment_id
        JOIN programme_budgetline l ON l.id = k.line_id WHERE l.source = which AND p.state = 'paid';
    SELECT coalesce(sum(balance_fen) FILTER (WHERE kind = 'treasury'), 0),
        coalesce(sum(balance_fen) FILTER (WHERE kind = 'income'), 0) INTO held, income
        FROM programme_ledgeraccount WHERE source = which;
    IF held <> came - went OR -income <> came THEN
        RAISE EXCEPTION 'the cash book of % does not say what was received and paid', which USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION public.programme_certificate_is_of_its_sitting() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM programme_sitting WHERE id = NEW.sitting_id AND is_passed AND account_id = NEW.account_id) THEN
        RAISE EXCEPTION 'a certificate wants a passed sitting of the same person' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_commitment_agrees(this bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE k programme_commitment; used numeric; held numeric; bound numeric;
BEGIN
    SELECT * INTO k FROM programme_commitment WHERE id = this;
    SELECT coalesce(sum(amount_fen), 0) INTO used FROM programme_payment
        WHERE commitment_id = this AND state IN ('approved', 'paid');
    SELECT coalesce(sum(balance_fen) FILTER (WHERE kind = 'held'), 0), coalesce(sum(balance_fen) FILTER (WHERE kind = 'bound'), 0)
        INTO held, bound FROM programme_ledgeraccount WHERE commitment_id = this;
    IF held <> (CASE k.state WHEN 'held' THEN k.amount_fen ELSE 0 END)
       OR bound <> (CASE k.state WHEN 'bound' THEN k.amount_fen - k.carried_fen - used ELSE 0 END)
       OR used > k.amount_fen - k.carried_fen THEN
        RAISE EXCEPTION 'the books do not say what commitment % says', this USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM programme_payment p LEFT JOIN programme_ledgeraccount a ON a.payment_id = p.id
        WHERE p.commitment_id = this GROUP BY p.id
        HAVING coalesce(sum(a.balance_fen) FILTER (WHERE a.kind = 'payable'), 0)
               <> CASE p.state WHEN 'approved' THEN p.amount_fen ELSE 0 END
            OR coalesce(sum(a.balance_fen) FILTER (WHERE a.kind = 'spent'), 0)
               <> CASE p.state WHEN 'paid' THEN p.amount_fen ELSE 0 END) THEN
        RAISE EXCEPTION 'the books do not say what the payments of commitment % say', this USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION public.programme_draw_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.pool::text <> OLD.pool::text OR NEW.pool_digest <> OLD.pool_digest
        OR OLD.state IN ('drawn', 'void') OR (OLD.state = 'opening' AND NEW.state = 'sealing') THEN
        RAISE EXCEPTION 'a draw goes forward, and its pool is what was published' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_entry_is_decided_once() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'waiting' THEN
        RAISE EXCEPTION 'an entry that was decided is kept as it is' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.item_set, NEW.item, NEW.first_on, NEW.last_on, NEW.numerator, NEW.denominator, NEW.source, NEW.file_id, NEW.entered_by_id)
        IS DISTINCT FROM
       (OLD.item_set, OLD.item, OLD.first_on, OLD.last_on, OLD.numerator, OLD.denominator, OLD.source, OLD.file_id, OLD.entered_by_id)
    THEN
        RAISE EXCEPTION 'what was entered is decided as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_gate_is_passed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE after text;
BEGIN
    IF NEW.stage = OLD.stage OR NEW.stage = 'stopped' THEN RETURN NEW; END IF;
    after := CASE OLD.stage WHEN 'proposal' THEN 'review' WHEN 'review' THEN 'procurement' WHEN 'procurement' THEN 'delivery'
        WHEN 'delivery' THEN 'acceptance' WHEN 'acceptance' THEN 'evaluation' WHEN 'evaluation' THEN 'closed' END;
    IF NEW.stage IS DISTINCT FROM after OR NOT EXISTS (SELECT 1 FROM programme_gatepassage
            WHERE project_id = NEW.id AND stage = OLD.stage AND state = 'passed') THEN
        RAISE EXCEPTION 'project % cannot go from % to %', NEW.number, OLD.stage, NEW.stage USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_goes_its_way() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    steps text[] := string_to_array(TG_ARGV[1], ' ');
    once text[] := string_to_array(TG_ARGV[2], ' ');
    free text[] := string_to_array(TG_ARGV[3], ' ');
    old_row jsonb; new_row jsonb; name text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% % is kept', TG_TABLE_NAME, OLD.id USING ERRCODE = 'check_violation';
    END IF;
    new_row := to_jsonb(NEW);
    IF TG_OP = 'INSERT' THEN
        IF TG_ARGV[0] <> '' AND NEW.state <> TG_ARGV[0] THEN
            RAISE EXCEPTION '% begins as %, not as %', TG_TABLE_NAME, TG_ARGV[0], NEW.state USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    old_row := to_jsonb(OLD);
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state = ANY (steps)) THEN
        RAISE EXCEPTION '% % does not go from % to %', TG_TABLE_NAME, NEW.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    FOR name IN SELECT key FROM jsonb_each(new_row) WHERE new_row -> key IS DISTINCT FROM old_row -> key LOOP
        CONTINUE WHEN name = 'state' OR name = ANY (free);
        CONTINUE WHEN name = ANY (once) AND NEW.state <> OLD.state AND old_row ->> name IS NULL;
        CONTINUE WHEN name = ANY (once) AND NEW.state <> OLD.state AND old_row ->> name = '';
        RAISE EXCEPTION '% of % % is not changed', name, TG_TABLE_NAME, NEW.id USING ERRCODE = 'check_violation';
    END LOOP;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_is_only_added_to() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.programme_ledger_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only ever added to' USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.programme_line_agrees(this bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE l programme_budgetline; changed numeric; granted numeric;
BEGIN
    SELECT * INTO l FROM programme_budgetline WHERE id = this;
    SELECT coalesce(sum(amount_fen), 0) INTO changed FROM programme_budgetchange WHERE line_id = this AND state = 'approved';
    SELECT coalesce(sum(balance_fen), 0) INTO granted FROM programme_ledgeraccount WHERE line_id = this AND kind = 'granted';
    IF -granted <> (CASE l.state WHEN 'approved' THEN l.amount_fen + changed - l.lapsed_fen - l.carried_fen ELSE 0 END)
       OR l.state <> 'approved' AND changed <> 0 THEN
        RAISE EXCEPTION 'the books do not say what line % says', this USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION public.programme_loan_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE l programme_loan; wrong integer;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'what was drawn and repaid is only ever added to' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO l FROM programme_loan WHERE id = NEW.loan_id FOR UPDATE;
    SELECT count(*) INTO wrong FROM (
        SELECT sum(amount_fen) OVER (ORDER BY day, amount_fen < 0, id) AS owed FROM (
            SELECT id, day, amount_fen FROM programme_loanmovement WHERE loan_id = NEW.loan_id
            UNION ALL SELECT NEW.id, NEW.day, NEW.amount_fen) AS moved) AS run
        WHERE owed < 0 OR owed > l.principal_fen;
    IF wrong > 0 OR NEW.day < l.begins_on THEN
        RAISE EXCEPTION 'loan % would owe less than nothing or more than its principal', l.number
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_minute_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN RAISE EXCEPTION 'a measured minute is not changed' USING ERRCODE = 'check_violation'; END $$;

CREATE FUNCTION public.programme_opinion_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a signed opinion is kept as it is' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_passage_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state = 'asked' THEN RETURN NEW; END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'asked' AND NEW.project_id = OLD.project_id AND NEW.stage = OLD.stage
        AND NEW.asked_by_id = OLD.asked_by_id THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'a passage of a gate is asked for, decided once, and kept' USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.programme_payment_may_go() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE k programme_commitment; c programme_contract; t programme_paymentterm; taken numeric; bound numeric; allowed boolean;
BEGIN
    SELECT * INTO k FROM programme_commitment WHERE id = NEW.commitment_id;
    IF TG_OP = 'UPDATE' AND NEW.state = OLD.state OR NEW.state NOT IN ('asked', 'approved', 'paid') THEN RETURN NEW; END IF;
    IF NEW.term_id IS NOT NULL THEN
        SELECT * INTO t FROM programme_paymentterm WHERE id = NEW.term_id FOR UPDATE;
        IF t.contract_id IS DISTINCT FROM k.contract_id THEN
            RAISE EXCEPTION 'the term is of another contract' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF EXISTS (SELECT 1 FROM programme_paymentterm WHERE contract_id = k.contract_id) THEN
        RAISE EXCEPTION 'the contract has terms: a payment names one' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'asked' THEN RETURN NEW; END IF;
    IF k.contract_id IS NULL THEN
        PERFORM 1 FROM programme_subsidy WHERE id = k.subsidy_id AND state = 'approved' FOR SHARE;
        allowed := FOUND;
    ELSE
        SELECT * INTO c FROM programme_contract WHERE id = k.contract_id FOR SHARE;
        allowed := c.state = 'approved' AND c.decided_by_id IS NOT NULL AND c.approved_at IS NOT NULL;
        SELECT coalesce(sum(amount_fen - carried_fen), 0) INTO bound FROM programme_commitment WHERE contract_id = c.id;
        SELECT coalesce(sum(p.amount_fen), 0) INTO taken FROM programme_payment p
            JOIN programme_commitment b ON b.id = p.commitment_id
            WHERE b.contract_id = c.id AND p.id <> NEW.id AND p.state IN ('approved', 'paid');
        IF bound <> c.amount_fen OR taken + NEW.amount_fen > c.amount_fen THEN
            RAISE EXCEPTION 'payment % goes past contract %', NEW.number, c.number USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NOT allowed OR k.state <> 'bound' THEN
        RAISE EXCEPTION 'payment % rests on nothing approved', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.term_id IS NOT NULL THEN
        SELECT coalesce(sum(amount_fen), 0) INTO taken FROM programme_payment
            WHERE term_id = t.id AND id <> NEW.id AND state IN ('approved', 'paid');
        IF taken + NEW.amount_fen > t.amount_fen THEN
            RAISE EXCEPTION 'payment % goes past its term', NEW.number USING ERRCODE = 'check_violation';
        END IF;
        IF NOT programme_term_is_met(t, c.project_id, NEW.run_id) THEN
            RAISE EXCEPTION 'payment %: what its term waits for has not happened', NEW.number USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_posting_balances() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE number bigint; wrong record; count integer;
BEGIN
    IF TG_TABLE_NAME = 'programme_posting' THEN number := NEW.id; ELSE number := NEW.posting_id; END IF;
    SELECT count(*) INTO count FROM programme_postingline WHERE posting_id = number;
    IF count < 2 THEN
        RAISE EXCEPTION 'posting % does not balance: % lines', number, count USING ERRCODE = 'check_violation';
    END IF;
    FOR wrong IN SELECT a.line_id, a.source, sum(p.amount_fen) AS total FROM programme_postingline p
        JOIN programme_ledgeraccount a ON a.id = p.account_id WHERE p.posting_id = number
        GROUP BY a.line_id, a.source HAVING sum(p.amount_fen) <> 0 LOOP
        RAISE EXCEPTION 'posting % does not balance: % for line % source %', number, wrong.total, wrong.line_id, wrong.source
            USING ERRCODE = 'check_violation';
    END LOOP;
    RETURN NULL;
END $$;

CREATE FUNCTION public.programme_project_begins() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.stage <> 'proposal' THEN
        RAISE EXCEPTION 'project % begins as proposal, not as %', NEW.number, NEW.stage USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_run_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'runs and acceptances are only ever added' USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.programme_share_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE stands text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a share is kept' USING ERRCODE = 'check_violation';
    END IF;
    SELECT state INTO stands FROM programme_draw WHERE id = NEW.draw_id;
    IF TG_OP = 'INSERT' THEN
        IF stands <> 'sealing' OR NEW.secret <> '' THEN
            RAISE EXCEPTION 'witnesses are named before the sealing, without their secrets' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.seal <> '' AND NEW.seal <> OLD.seal) OR (OLD.secret <> '' AND NEW.secret <> OLD.secret)
        OR (NEW.seal <> OLD.seal AND stands <> 'sealing') OR (NEW.secret <> OLD.secret AND stands <> 'opening') THEN
        RAISE EXCEPTION 'a share is sealed once, then opened once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_sitting_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL AND (
        NEW.points IS DISTINCT FROM OLD.points OR NEW.is_passed IS DISTINCT FROM OLD.is_passed
        OR NEW.submitted_at IS DISTINCT FROM OLD.submitted_at OR NEW.account_id <> OLD.account_id
        OR NEW.exam_id <> OLD.exam_id OR (NEW.answers <> OLD.answers AND NEW.answers <> '{}'::jsonb)
        OR (NEW.paper <> OLD.paper AND NEW.paper <> '[]'::jsonb)
    ) THEN
        RAISE EXCEPTION 'a sitting that is in is not changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_statement_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state = 'final' THEN
        RAISE EXCEPTION 'a final statement is not changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.programme_term_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (SELECT state FROM programme_contract WHERE id = coalesce(NEW.contract_id, OLD.contract_id)) <> 'asked' THEN
        RAISE EXCEPTION 'the terms of a contract stay as they were approved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE TABLE public.programme_paymentterm (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    title character varying(80) NOT NULL,
    amount_fen bigint NOT NULL,
    condition character varying(12) NOT NULL,
    contract_id bigint NOT NULL,
    milestone_id bigint,
    CONSTRAINT payment_term_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT payment_term_of_milestone CHECK (((((condition)::text = 'milestone'::text) AND (milestone_id IS NOT NULL)) OR ((NOT ((condition)::text = 'milestone'::text)) AND (milestone_id IS NULL)))),
    CONSTRAINT programme_paymentterm_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT programme_paymentterm_order_check CHECK (("order" >= 0))
);

CREATE FUNCTION public.programme_term_is_met(t public.programme_paymentterm, project bigint, run bigint) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
DECLARE stage text := (SELECT p.stage FROM programme_project p WHERE p.id = project); accepted boolean;
BEGIN
    IF t.condition = 'none' THEN RETURN true; END IF;
    IF t.condition = 'milestone' THEN
        RETURN EXISTS (SELECT 1 FROM programme_milestone m WHERE m.id = t.milestone_id AND m.done_on IS NOT NULL);
    END IF;
    IF t.condition = 'signed' THEN RETURN stage IN ('delivery', 'acceptance', 'evaluation', 'closed'); END IF;
    IF t.condition = 'delivered' THEN RETURN stage IN ('acceptance', 'evaluation', 'closed'); END IF;
    accepted := EXISTS (SELECT 1 FROM programme_acceptance a JOIN programme_acceptancerun r ON r.id = a.run_id
                        WHERE a.project_id = project AND r.id = run AND r.is_passed);
    IF t.condition = 'accepted' THEN RETURN accepted; END IF;
    RETURN accepted AND EXISTS (SELECT 1 FROM programme_effectreport e WHERE e.project_id = project
                                AND e.confirmed_at IS NOT NULL AND e.grade <> 'poor');
END $$;

CREATE FUNCTION public.programme_undertaking_agrees(contract bigint, subsidy bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE amount numeric; stands text; should text; count integer; wrong integer; total numeric;
BEGIN
    IF contract IS NOT NULL THEN SELECT amount_fen, state INTO amount, stands FROM programme_contract WHERE id = contract;
    ELSE SELECT amount_fen, state INTO amount, stands FROM programme_subsidy WHERE id = subsidy; END IF;
    should := CASE stands WHEN 'asked' THEN 'held' WHEN 'approved' THEN 'bound' ELSE 'released' END;
    SELECT count(*), count(*) FILTER (WHERE state <> should), coalesce(sum(amount_fen - carried_fen), 0)
        INTO count, wrong, total FROM programme_commitment
        WHERE contract_id IS NOT DISTINCT FROM contract AND subsidy_id IS NOT DISTINCT FROM subsidy;
    IF count > 0 AND (wrong > 0 OR total <> amount) THEN
        RAISE EXCEPTION 'the commitments of contract % / subsidy % are % of %, % not %', contract, subsidy, total, amount,
            wrong, should USING ERRCODE = 'check_violation';
    END IF;
    IF should = 'released' AND EXISTS (SELECT 1 FROM programme_payment p JOIN programme_commitment k ON k.id = p.commitment_id
        WHERE k.contract_id IS NOT DISTINCT FROM contract AND k.subsidy_id IS NOT DISTINCT FROM subsidy
          AND p.state = 'approved') THEN
        RAISE EXCEPTION 'a payment of it is approved and not paid' USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION public.programme_year_is_open() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE closed boolean;
BEGIN
    SELECT y.is_closed INTO closed FROM programme_ledgeraccount a JOIN programme_budgetline l ON l.id = a.line_id
        JOIN programme_fundyear y ON y.id = l.year_id WHERE a.id = NEW.account_id FOR SHARE OF y;
    IF closed THEN
        RAISE EXCEPTION 'the year of this line is closed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.programme_year_is_settled() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.is_closed AND EXISTS (SELECT 1 FROM programme_ledgeraccount a JOIN programme_budgetline l ON l.id = a.line_id
        WHERE l.year_id = NEW.id AND a.kind NOT IN ('granted', 'spent') AND a.balance_fen <> 0) THEN
        RAISE EXCEPTION 'year % is closed with money still bound or left', NEW.year USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.programme_year_stays_closed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.is_closed OR NEW.year <> OLD.year THEN
        RAISE EXCEPTION 'year % stays as it is', OLD.year USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.transit_balance_follows() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE transit_ledgeraccount SET balance_fen = balance_fen + NEW.amount_fen WHERE id = NEW.account_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.transit_balance_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance_fen <> 0 THEN
            RAISE EXCEPTION 'an account begins with nothing' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.balance_fen <> OLD.balance_fen AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a balance is the sum of its lines and cannot be written' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.transit_ledger_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only ever added to' USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.transit_posting_balances() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE number bigint; total numeric; count integer;
BEGIN
    IF TG_TABLE_NAME = 'transit_posting' THEN number := NEW.id; ELSE number := NEW.posting_id; END IF;
    SELECT coalesce(sum(amount_fen), 0), count(*) INTO total, count FROM transit_postingline WHERE posting_id = number;
    IF total <> 0 OR count < 2 THEN
        RAISE EXCEPTION 'posting % does not balance: % in % lines', number, total, count USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_announcement (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    text text NOT NULL,
    needs_receipt boolean NOT NULL,
    is_public boolean NOT NULL,
    reply_by timestamp with time zone,
    issued_at timestamp with time zone NOT NULL,
    recalled_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    issued_by_id bigint,
    organisation_id bigint NOT NULL
);

CREATE TABLE public.affairs_announcement_audience (
    id bigint NOT NULL,
    announcement_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.affairs_announcement_audience ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_announcement_audience_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.affairs_announcement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_announcement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_assignment (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    text text NOT NULL,
    source character varying(120) NOT NULL,
    answer_kind character varying(6) NOT NULL,
    question character varying(200) NOT NULL,
    unit character varying(20) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    late_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    form_id bigint,
    issued_by_id bigint,
    organisation_id bigint NOT NULL,
    register_id bigint,
    CONSTRAINT affairs_assignment_form CHECK (((((answer_kind)::text = 'form'::text) AND (form_id IS NOT NULL)) OR ((NOT ((answer_kind)::text = 'form'::text)) AND (form_id IS NULL))))
);

ALTER TABLE public.affairs_assignment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_attendance (
    id bigint NOT NULL,
    presence character varying(7) NOT NULL,
    meeting_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.affairs_attendance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_attendance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_ballot (
    id bigint NOT NULL,
    question character varying(200) NOT NULL,
    options jsonb NOT NULL,
    roll character varying(9) NOT NULL,
    is_secret boolean NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    is_passed boolean,
    opened_by_id bigint,
    meeting_id bigint NOT NULL,
    proposal_id bigint
);

ALTER TABLE public.affairs_ballot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_ballot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_concern (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    matter text NOT NULL,
    level character varying(10) NOT NULL,
    way character varying(12) NOT NULL,
    outcome text NOT NULL,
    settled_at timestamp with time zone,
    is_on_time boolean,
    delete_on date,
    wrong_codes smallint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    case_id bigint NOT NULL,
    opened_by_id bigint NOT NULL,
    settled_by_id bigint,
    village_id bigint NOT NULL,
    CONSTRAINT affairs_concern_settled CHECK ((((delete_on IS NULL) AND (settled_at IS NULL) AND ((way)::text = ''::text)) OR ((delete_on IS NOT NULL) AND (settled_at IS NOT NULL) AND (NOT ((way)::text = ''::text))))),
    CONSTRAINT affairs_concern_wrong_codes_check CHECK ((wrong_codes >= 0))
);

ALTER TABLE public.affairs_concern ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_concern_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_concernmove (
    id bigint NOT NULL,
    from_level character varying(10) NOT NULL,
    to_level character varying(10) NOT NULL,
    cause character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    reason text NOT NULL,
    by_id bigint,
    concern_id bigint NOT NULL,
    CONSTRAINT affairs_concern_move_moves CHECK ((NOT ((from_level)::text = (to_level)::text)))
);

ALTER TABLE public.affairs_concernmove ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_concernmove_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_concernparty (
    id bigint NOT NULL,
    role character varying(10) NOT NULL,
    name text NOT NULL,
    phone text NOT NULL,
    concern_id bigint NOT NULL
);

ALTER TABLE public.affairs_concernparty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_concernparty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_contradiction (
    id bigint NOT NULL,
    item character varying(60) NOT NULL,
    state character varying(7) NOT NULL,
    division_code character varying(12) NOT NULL,
    is_village boolean NOT NULL,
    claims text NOT NULL,
    known text NOT NULL,
    value text NOT NULL,
    note character varying(200) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    case_id bigint,
    entity_id bigint NOT NULL,
    settled_by_id bigint,
    settler_id bigint,
    rule_id bigint
);

ALTER TABLE public.affairs_contradiction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_contradiction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_count (
    id bigint NOT NULL,
    option character varying(60) NOT NULL,
    votes integer NOT NULL,
    ballot_id bigint NOT NULL,
    CONSTRAINT affairs_count_votes_check CHECK ((votes >= 0))
);

ALTER TABLE public.affairs_count ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_count_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_errand (
    id bigint NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    villager text NOT NULL,
    phone text NOT NULL,
    note character varying(200) NOT NULL,
    state character varying(9) NOT NULL,
    outcome character varying(200) NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    organisation_id bigint NOT NULL,
    taken_by_id bigint,
    guide_id bigint NOT NULL
);

ALTER TABLE public.affairs_errand ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_errand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_guide (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    decided_by character varying(80) NOT NULL,
    materials jsonb NOT NULL,
    steps jsonb NOT NULL,
    working_days smallint NOT NULL,
    is_done_for boolean NOT NULL,
    is_in_use boolean NOT NULL,
    is_simulated boolean NOT NULL,
    CONSTRAINT affairs_guide_working_days_check CHECK ((working_days >= 0))
);

ALTER TABLE public.affairs_guide ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_guide_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_itemrule (
    id bigint NOT NULL,
    kind character varying(5) NOT NULL,
    item character varying(60) NOT NULL,
    "order" character varying(2) NOT NULL,
    other character varying(60) NOT NULL,
    absolute numeric(14,4) NOT NULL,
    percent numeric(5,2) NOT NULL,
    within_days integer,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint,
    register_id bigint NOT NULL,
    CONSTRAINT affairs_item_rule_whole CHECK (((((kind)::text = 'same'::text) AND (("order")::text = ''::text) AND ((other)::text = ''::text)) OR (((kind)::text = 'order'::text) AND (NOT (("order")::text = ''::text)) AND (NOT ((other)::text = ''::text))))),
    CONSTRAINT affairs_itemrule_within_days_check CHECK ((within_days >= 0))
);

ALTER TABLE public.affairs_itemrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_itemrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_meeting (
    id bigint NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    body character varying(10) NOT NULL,
    title character varying(120) NOT NULL,
    place character varying(80) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    agenda jsonb NOT NULL,
    minutes text NOT NULL,
    closed_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    called_by_id bigint,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.affairs_meeting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_meeting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_member (
    id bigint NOT NULL,
    body character varying(10) NOT NULL,
    name character varying(40) NOT NULL,
    household character varying(60) NOT NULL,
    left_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    account_id bigint,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.affairs_member ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_piece (
    id bigint NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    state character varying(9) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    warn_at timestamp with time zone NOT NULL,
    late_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone,
    handed_in_at timestamp with time zone,
    number numeric(18,4),
    text text NOT NULL,
    assignment_id bigint NOT NULL,
    handed_in_by_id bigint,
    organisation_id bigint NOT NULL,
    parent_id bigint,
    CONSTRAINT affairs_piece_handed_in CHECK ((((state)::text = ANY (ARRAY[('open'::character varying)::text, ('returned'::character varying)::text])) OR (handed_in_at IS NOT NULL)))
);

ALTER TABLE public.affairs_piece ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_piece_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_piecestep (
    id bigint NOT NULL,
    act character varying(9) NOT NULL,
    at timestamp with time zone NOT NULL,
    note character varying(300) NOT NULL,
    account_id bigint,
    piece_id bigint NOT NULL
);

ALTER TABLE public.affairs_piecestep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_piecestep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_proposal (
    id bigint NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    title character varying(120) NOT NULL,
    text text NOT NULL,
    stage character varying(11) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    made_by_id bigint,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.affairs_proposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_proposalstep (
    id bigint NOT NULL,
    stage character varying(11) NOT NULL,
    is_agreed boolean NOT NULL,
    present integer,
    expected integer,
    agreeing integer,
    text text NOT NULL,
    public_until timestamp with time zone,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    meeting_id bigint,
    proposal_id bigint NOT NULL,
    CONSTRAINT affairs_proposalstep_agreeing_check CHECK ((agreeing >= 0)),
    CONSTRAINT affairs_proposalstep_expected_check CHECK ((expected >= 0)),
    CONSTRAINT affairs_proposalstep_present_check CHECK ((present >= 0))
);

ALTER TABLE public.affairs_proposalstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_proposalstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_receipt (
    id bigint NOT NULL,
    read_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    reply character varying(200) NOT NULL,
    reminded_at timestamp with time zone,
    account_id bigint NOT NULL,
    announcement_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.affairs_receipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_receipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_shift (
    id bigint NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    log text NOT NULL,
    cancelled_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    account_id bigint NOT NULL,
    made_by_id bigint,
    organisation_id bigint NOT NULL,
    CONSTRAINT affairs_shift_times CHECK ((ends_at > starts_at))
);

ALTER TABLE public.affairs_shift ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_shift_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_slip (
    id uuid NOT NULL,
    code_hash character varying(64) NOT NULL,
    is_used boolean NOT NULL,
    ballot_id bigint NOT NULL
);

CREATE TABLE public.affairs_swap (
    id bigint NOT NULL,
    reason character varying(120) NOT NULL,
    state character varying(9) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    asked_by_id bigint NOT NULL,
    in_return_id bigint,
    other_id bigint NOT NULL,
    shift_id bigint NOT NULL
);

ALTER TABLE public.affairs_swap ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_swap_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_visit (
    id bigint NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    key character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    purpose character varying(10) NOT NULL,
    household text NOT NULL,
    note text NOT NULL,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    voice_count smallint NOT NULL,
    delete_on date NOT NULL,
    is_simulated boolean NOT NULL,
    account_id bigint NOT NULL,
    concern_id bigint,
    village_id bigint NOT NULL,
    CONSTRAINT affairs_visit_voice_count_check CHECK ((voice_count >= 0))
);

ALTER TABLE public.affairs_visit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_visit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.affairs_voter (
    id bigint NOT NULL,
    label character varying(60) NOT NULL,
    is_secret boolean NOT NULL,
    has_slip boolean NOT NULL,
    choice character varying(60) NOT NULL,
    ballot_id bigint NOT NULL,
    CONSTRAINT affairs_voter_secret CHECK (((NOT is_secret) OR ((choice)::text = ''::text)))
);

ALTER TABLE public.affairs_voter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.affairs_voter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_alarm (
    id bigint NOT NULL,
    key character varying(160) NOT NULL,
    system character varying(40) NOT NULL,
    kind character varying(40) NOT NULL,
    severity smallint NOT NULL,
    state character varying(12) NOT NULL,
    subject character varying(200) NOT NULL,
    message character varying(500) NOT NULL,
    device_id bigint,
    series_id integer,
    item character varying(32) NOT NULL,
    division_code character varying(12) NOT NULL,
    value double precision,
    limit_value double precision,
    peak double precision,
    unit character varying(16) NOT NULL,
    count integer NOT NULL,
    roles jsonb NOT NULL,
    channels jsonb NOT NULL,
    since_at timestamp with time zone NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    acknowledged_at timestamp with time zone,
    handled_at timestamp with time zone,
    cleared_at timestamp with time zone,
    is_announced boolean NOT NULL,
    is_clear_announced boolean NOT NULL,
    acknowledged_by_id bigint,
    cleared_by_id bigint,
    handled_by_id bigint,
    organisation_id bigint,
    rule_id bigint,
    CONSTRAINT alerts_alarm_count_check CHECK ((count >= 0)),
    CONSTRAINT alerts_alarm_severity_check CHECK ((severity >= 0))
);

ALTER TABLE public.alerts_alarm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_alarm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_alarmstep (
    id bigint NOT NULL,
    state character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    note character varying(500) NOT NULL,
    alarm_id bigint NOT NULL,
    by_id bigint
);

ALTER TABLE public.alerts_alarmstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_alarmstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_notice (
    id bigint NOT NULL,
    severity smallint NOT NULL,
    title character varying(200) NOT NULL,
    body character varying(1000) NOT NULL,
    url character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    alarm_id bigint,
    recipient_id bigint NOT NULL,
    CONSTRAINT alerts_notice_severity_check CHECK ((severity >= 0))
);

ALTER TABLE public.alerts_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_noticedelivery (
    id bigint NOT NULL,
    channel character varying(20) NOT NULL,
    sent_at timestamp with time zone,
    error character varying(300) NOT NULL,
    notice_id bigint NOT NULL
);

ALTER TABLE public.alerts_noticedelivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_noticedelivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_rule (
    id bigint NOT NULL,
    system character varying(40) NOT NULL,
    key character varying(80) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    severity smallint NOT NULL,
    parameters jsonb NOT NULL,
    device_kind character varying(40) NOT NULL,
    device_id bigint,
    division_code character varying(12) NOT NULL,
    item character varying(32) NOT NULL,
    item_name character varying(40) NOT NULL,
    statistic character varying(16) NOT NULL,
    period character varying(16) NOT NULL,
    inputs jsonb NOT NULL,
    roles jsonb NOT NULL,
    channels jsonb NOT NULL,
    is_enabled boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    CONSTRAINT alerts_rule_severity_check CHECK ((severity >= 0))
);

ALTER TABLE public.alerts_rule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_ruleevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    system character varying(40) NOT NULL,
    key character varying(80) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    severity smallint NOT NULL,
    parameters jsonb NOT NULL,
    device_kind character varying(40) NOT NULL,
    device_id bigint,
    division_code character varying(12) NOT NULL,
    item character varying(32) NOT NULL,
    item_name character varying(40) NOT NULL,
    statistic character varying(16) NOT NULL,
    period character varying(16) NOT NULL,
    inputs jsonb NOT NULL,
    roles jsonb NOT NULL,
    channels jsonb NOT NULL,
    is_enabled boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT alerts_ruleevent_severity_check CHECK ((severity >= 0))
);

ALTER TABLE public.alerts_ruleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_ruleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_smsmessage (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    text character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.alerts_smsmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_smsmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_suppression (
    id bigint NOT NULL,
    device_id bigint,
    start_at timestamp with time zone NOT NULL,
    end_at timestamp with time zone NOT NULL,
    reason character varying(200) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    rule_id bigint,
    CONSTRAINT alerts_suppression_order CHECK ((end_at > start_at))
);

ALTER TABLE public.alerts_suppression ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_suppression_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.axes_accessattempt (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    get_data text NOT NULL,
    post_data text NOT NULL,
    failures_since_start integer NOT NULL,
    CONSTRAINT axes_accessattempt_failures_since_start_check CHECK ((failures_since_start >= 0))
);

ALTER TABLE public.axes_accessattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.axes_accessattemptexpiration (
    access_attempt_id integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.axes_accessfailurelog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    locked_out boolean NOT NULL
);

ALTER TABLE public.axes_accessfailurelog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessfailurelog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.axes_accesslog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    logout_time timestamp with time zone,
    session_hash character varying(64) NOT NULL
);

ALTER TABLE public.axes_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.brain_board (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    roles jsonb NOT NULL,
    is_first boolean NOT NULL,
    look character varying(5) NOT NULL,
    turn_seconds smallint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    owner_id bigint NOT NULL,
    CONSTRAINT brain_board_turn_seconds_check CHECK ((turn_seconds >= 0))
);

ALTER TABLE public.brain_board ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.brain_board_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.brain_boardtile (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    page smallint NOT NULL,
    "position" smallint NOT NULL,
    width smallint NOT NULL,
    height smallint NOT NULL,
    board_id bigint NOT NULL,
    CONSTRAINT brain_boardtile_height_check CHECK ((height >= 0)),
    CONSTRAINT brain_boardtile_page_check CHECK ((page >= 0)),
    CONSTRAINT brain_boardtile_position_check CHECK (("position" >= 0)),
    CONSTRAINT brain_boardtile_width_check CHECK ((width >= 0)),
    CONSTRAINT brain_tile_size CHECK (((height >= 1) AND (height <= 3) AND (page >= 1) AND (width >= 1) AND (width <= 4)))
);

ALTER TABLE public.brain_boardtile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.brain_boardtile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.brain_questionrun (
    id bigint NOT NULL,
    sql text NOT NULL,
    at timestamp with time zone NOT NULL,
    resources jsonb NOT NULL,
    rows integer NOT NULL,
    seconds double precision NOT NULL,
    error character varying(300) NOT NULL,
    is_scheduled boolean NOT NULL,
    account_id bigint NOT NULL,
    question_id bigint
);

ALTER TABLE public.brain_questionrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.brain_questionrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.brain_savedquestion (
    id bigint NOT NULL,
    title character varying(80) NOT NULL,
    sql text NOT NULL,
    purpose character varying(200) NOT NULL,
    chart character varying(5) NOT NULL,
    is_shared boolean NOT NULL,
    schedule character varying(40) NOT NULL,
    due_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    organisation_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    product_id bigint,
    CONSTRAINT brain_scheduled_question_is_due CHECK ((((schedule)::text = ''::text) OR (due_at IS NOT NULL)))
);

ALTER TABLE public.brain_savedquestion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.brain_savedquestion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.brain_savedquestionevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    title character varying(80) NOT NULL,
    sql text NOT NULL,
    purpose character varying(200) NOT NULL,
    chart character varying(5) NOT NULL,
    is_shared boolean NOT NULL,
    schedule character varying(40) NOT NULL,
    due_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    organisation_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    product_id bigint
);

ALTER TABLE public.brain_savedquestionevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.brain_savedquestionevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.brain_themelink (
    id bigint NOT NULL,
    expectation character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    resource_id bigint NOT NULL
);

ALTER TABLE public.brain_themelink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.brain_themelink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_alarmcase (
    id bigint NOT NULL,
    system character varying(40) NOT NULL,
    procedure character varying(60) NOT NULL,
    alarm_key character varying(160) NOT NULL,
    alarm_id bigint,
    is_running boolean NOT NULL,
    count integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    case_id bigint,
    CONSTRAINT cases_alarmcase_count_check CHECK ((count >= 0))
);

ALTER TABLE public.cases_alarmcase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_alarmcase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_callback (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    is_reached boolean NOT NULL,
    is_solved boolean,
    is_satisfied boolean,
    note character varying(500) NOT NULL,
    by_id bigint,
    case_id bigint NOT NULL
);

ALTER TABLE public.cases_callback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_callback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_card (
    id bigint NOT NULL,
    colour character varying(6) NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    role character varying(80) NOT NULL,
    account_id bigint,
    organisation_id bigint,
    case_id bigint NOT NULL,
    task_id bigint
);

ALTER TABLE public.cases_card ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_card_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_case (
    id bigint NOT NULL,
    number character varying(32) NOT NULL,
    system character varying(40) NOT NULL,
    procedure character varying(60) NOT NULL,
    idempotency_key character varying(120) NOT NULL,
    kind character varying(40) NOT NULL,
    classification character varying(40) NOT NULL,
    title character varying(200) NOT NULL,
    text text NOT NULL,
    channel character varying(40) NOT NULL,
    reporter_name text NOT NULL,
    reporter_phone text NOT NULL,
    reporter_mark character varying(64) NOT NULL,
    lon double precision,
    lat double precision,
    address character varying(300) NOT NULL,
    cell_code character varying(20) NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    seen_by character varying(120)[] NOT NULL,
    stage character varying(40) NOT NULL,
    state character varying(10) NOT NULL,
    light character varying(6) NOT NULL,
    limit_kind character varying(20) NOT NULL,
    limit_amount double precision,
    extension_amount double precision NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    warn_at timestamp with time zone,
    due_at timestamp with time zone,
    late_at timestamp with time zone,
    closed_at timestamp with time zone,
    outcome character varying(300) NOT NULL,
    is_confidential boolean NOT NULL,
    is_simulated boolean NOT NULL,
    form jsonb NOT NULL,
    workflow text NOT NULL,
    merged_into_id bigint,
    opened_by_id bigint,
    organisation_id bigint,
    reporter_account_id bigint,
    version_id bigint NOT NULL,
    CONSTRAINT cases_case_merged_into CHECK ((((merged_into_id IS NOT NULL) AND ((state)::text = 'merged'::text)) OR ((NOT ((state)::text = 'merged'::text)) AND (merged_into_id IS NULL))))
);

ALTER TABLE public.cases_case ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_case_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_casecounter (
    id bigint NOT NULL,
    prefix character varying(12) NOT NULL,
    "on" date NOT NULL,
    last integer NOT NULL,
    CONSTRAINT cases_casecounter_last_check CHECK ((last >= 0))
);

ALTER TABLE public.cases_casecounter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_casecounter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_caselink (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    note character varying(300) NOT NULL,
    answered_at timestamp with time zone,
    by_id bigint,
    source_id bigint NOT NULL,
    target_id bigint NOT NULL,
    task_id bigint,
    CONSTRAINT cases_link_not_itself CHECK ((NOT (source_id = target_id)))
);

ALTER TABLE public.cases_caselink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_caselink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_entry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    act character varying(20) NOT NULL,
    note character varying(1000) NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    account_id bigint,
    case_id bigint NOT NULL,
    organisation_id bigint,
    task_id bigint
);

ALTER TABLE public.cases_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_evaluation (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    side character varying(10) NOT NULL,
    score smallint NOT NULL,
    text character varying(500) NOT NULL,
    by_id bigint,
    case_id bigint NOT NULL,
    CONSTRAINT cases_evaluation_score CHECK (((score >= 1) AND (score <= 5))),
    CONSTRAINT cases_evaluation_score_check CHECK ((score >= 0))
);

ALTER TABLE public.cases_evaluation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_evaluation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_extension (
    id bigint NOT NULL,
    amount double precision NOT NULL,
    reason character varying(300) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    is_granted boolean,
    decided_at timestamp with time zone,
    decision character varying(300) NOT NULL,
    asked_by_id bigint,
    case_id bigint NOT NULL,
    decided_by_id bigint
);

ALTER TABLE public.cases_extension ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_extension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_feedback (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    text character varying(2000) NOT NULL,
    is_automatic boolean NOT NULL,
    by_id bigint,
    case_id bigint NOT NULL
);

ALTER TABLE public.cases_feedback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_feedback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_procedureversion (
    id bigint NOT NULL,
    system character varying(40) NOT NULL,
    key character varying(60) NOT NULL,
    number integer NOT NULL,
    state character varying(10) NOT NULL,
    bpmn text NOT NULL,
    dmn jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    is_shipped boolean NOT NULL,
    note character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    made_by_id bigint,
    published_by_id bigint,
    CONSTRAINT cases_procedureversion_number_check CHECK ((number >= 0))
);

ALTER TABLE public.cases_procedureversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_procedureversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_supervision (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    text character varying(500) NOT NULL,
    answer_by_at timestamp with time zone,
    answered_at timestamp with time zone,
    answer character varying(1000) NOT NULL,
    answered_by_id bigint,
    by_id bigint,
    case_id bigint NOT NULL,
    organisation_id bigint
);

ALTER TABLE public.cases_supervision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_supervision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_suspension (
    id bigint NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    reason character varying(300) NOT NULL,
    by_id bigint,
    case_id bigint NOT NULL
);

ALTER TABLE public.cases_suspension ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_suspension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_task (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    key character varying(80) NOT NULL,
    node integer NOT NULL,
    round integer NOT NULL,
    stage character varying(40) NOT NULL,
    role character varying(80) NOT NULL,
    state character varying(10) NOT NULL,
    part character varying(6) NOT NULL,
    form_key character varying(60) NOT NULL,
    limit_kind character varying(20) NOT NULL,
    limit_amount double precision,
    warn_share double precision,
    opened_at timestamp with time zone NOT NULL,
    warn_at timestamp with time zone,
    due_at timestamp with time zone,
    late_at timestamp with time zone,
    light character varying(6) NOT NULL,
    claimed_at timestamp with time zone,
    done_at timestamp with time zone,
    ended character varying(12) NOT NULL,
    form jsonb NOT NULL,
    case_id bigint NOT NULL,
    claimed_by_id bigint,
    done_by_id bigint,
    organisation_id bigint,
    parent_id bigint,
    CONSTRAINT cases_task_node_check CHECK ((node >= 0)),
    CONSTRAINT cases_task_round_check CHECK ((round >= 0))
);

ALTER TABLE public.cases_task ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_task_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.connectors_refusedrow (
    id bigint NOT NULL,
    "position" bigint NOT NULL,
    raw jsonb NOT NULL,
    item character varying(120) NOT NULL,
    value character varying(400) NOT NULL,
    rule character varying(30) NOT NULL,
    code character varying(60) NOT NULL,
    words character varying(400) NOT NULL,
    state character varying(10) NOT NULL,
    corrected jsonb,
    run_id bigint NOT NULL
);

ALTER TABLE public.connectors_refusedrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connectors_refusedrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.connectors_run (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    input jsonb NOT NULL,
    content_sha256 character varying(64) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    rows_read bigint NOT NULL,
    rows_taken bigint NOT NULL,
    rows_refused bigint NOT NULL,
    rows_repeated bigint NOT NULL,
    rules jsonb NOT NULL,
    bytes bigint NOT NULL,
    cursor_before jsonb,
    cursor_after jsonb,
    drift jsonb NOT NULL,
    notes jsonb NOT NULL,
    checkpoint jsonb,
    code character varying(60) NOT NULL,
    problem text NOT NULL,
    corrects_id bigint,
    made_by_id bigint,
    progress_id bigint,
    version_id bigint,
    source_id bigint NOT NULL
);

ALTER TABLE public.connectors_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connectors_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.connectors_source (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(10) NOT NULL,
    settings jsonb NOT NULL,
    secret text NOT NULL,
    mode character varying(10) NOT NULL,
    on_new_column character varying(10) NOT NULL,
    cursor_item character varying(63) NOT NULL,
    cursor jsonb,
    schedule character varying(80) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint,
    resource_id bigint NOT NULL
);

ALTER TABLE public.connectors_source ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connectors_source_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.connectors_sourceevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(10) NOT NULL,
    settings jsonb NOT NULL,
    mode character varying(10) NOT NULL,
    on_new_column character varying(10) NOT NULL,
    cursor_item character varying(63) NOT NULL,
    cursor jsonb,
    schedule character varying(80) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    resource_id bigint NOT NULL
);

ALTER TABLE public.connectors_sourceevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connectors_sourceevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.connectors_sourcestate (
    source_id bigint NOT NULL,
    schedule character varying(80) NOT NULL,
    due_at timestamp with time zone,
    missed integer NOT NULL,
    failures integer NOT NULL,
    told_at timestamp with time zone,
    is_connected boolean NOT NULL,
    connection_code character varying(60) NOT NULL,
    connection_problem character varying(300) NOT NULL,
    looked_at timestamp with time zone,
    last_message_at timestamp with time zone,
    received bigint NOT NULL,
    repeated bigint NOT NULL,
    CONSTRAINT connectors_sourcestate_failures_check CHECK ((failures >= 0)),
    CONSTRAINT connectors_sourcestate_missed_check CHECK ((missed >= 0))
);

CREATE TABLE public.connectors_streammessage (
    id bigint NOT NULL,
    key character varying(200) NOT NULL,
    topic character varying(400) NOT NULL,
    payload bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source_id bigint NOT NULL
);

ALTER TABLE public.connectors_streammessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connectors_streammessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_datasetsize (
    id bigint NOT NULL,
    system character varying(40) NOT NULL,
    key character varying(80) NOT NULL,
    rows bigint,
    problem character varying(300) NOT NULL,
    counted_at timestamp with time zone NOT NULL
);

ALTER TABLE public.datasets_datasetsize ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_datasetsize_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_entryfile (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    sha256 character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    read integer NOT NULL,
    added integer NOT NULL,
    changed integer NOT NULL,
    refused integer NOT NULL,
    by_id bigint,
    provider_id bigint NOT NULL,
    CONSTRAINT datasets_entryfile_added_check CHECK ((added >= 0)),
    CONSTRAINT datasets_entryfile_changed_check CHECK ((changed >= 0)),
    CONSTRAINT datasets_entryfile_read_check CHECK ((read >= 0)),
    CONSTRAINT datasets_entryfile_refused_check CHECK ((refused >= 0))
);

ALTER TABLE public.datasets_entryfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_entryfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_entryfile_resources (
    id bigint NOT NULL,
    entryfile_id bigint NOT NULL,
    resource_id bigint NOT NULL
);

ALTER TABLE public.datasets_entryfile_resources ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_entryfile_resources_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_item (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    name character varying(63) NOT NULL,
    title character varying(120) NOT NULL,
    en character varying(160) NOT NULL,
    type character varying(10) NOT NULL,
    unit character varying(20) NOT NULL,
    length integer,
    grade smallint NOT NULL,
    mask character varying(20) NOT NULL,
    code_table character varying(60) NOT NULL,
    is_key boolean NOT NULL,
    is_required boolean NOT NULL,
    holds character varying(20) NOT NULL,
    resource_id bigint NOT NULL,
    CONSTRAINT datasets_item_grade_check CHECK ((grade >= 0)),
    CONSTRAINT datasets_item_length_check CHECK ((length >= 0)),
    CONSTRAINT datasets_item_name_form CHECK (((name)::text ~ '^[A-Za-z_][A-Za-z0-9_]*$'::text)),
    CONSTRAINT datasets_item_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.datasets_item ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_itemevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    "position" integer NOT NULL,
    name character varying(63) NOT NULL,
    title character varying(120) NOT NULL,
    en character varying(160) NOT NULL,
    type character varying(10) NOT NULL,
    unit character varying(20) NOT NULL,
    length integer,
    grade smallint NOT NULL,
    mask character varying(20) NOT NULL,
    code_table character varying(60) NOT NULL,
    is_key boolean NOT NULL,
    is_required boolean NOT NULL,
    holds character varying(20) NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    resource_id bigint NOT NULL,
    CONSTRAINT datasets_itemevent_grade_check CHECK ((grade >= 0)),
    CONSTRAINT datasets_itemevent_length_check CHECK ((length >= 0)),
    CONSTRAINT datasets_itemevent_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.datasets_itemevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_itemevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_lakefile (
    id bigint NOT NULL,
    path character varying(300) NOT NULL,
    columns jsonb NOT NULL,
    rows bigint NOT NULL,
    bytes bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    resource_id bigint NOT NULL
);

ALTER TABLE public.datasets_lakefile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_lakefile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_lineageedge (
    id bigint NOT NULL,
    by character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    origin_id bigint NOT NULL,
    target_id bigint NOT NULL,
    CONSTRAINT datasets_lineage_not_of_itself CHECK ((NOT (origin_id = target_id)))
);

ALTER TABLE public.datasets_lineageedge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_lineageedge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_lineagenode (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    key character varying(80) NOT NULL,
    label character varying(200) NOT NULL
);

ALTER TABLE public.datasets_lineagenode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_lineagenode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_purge (
    id bigint NOT NULL,
    resource_name character varying(120) NOT NULL,
    number integer NOT NULL,
    rows bigint NOT NULL,
    bytes bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    files jsonb NOT NULL,
    reason character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    CONSTRAINT datasets_purge_number_check CHECK ((number >= 0))
);

ALTER TABLE public.datasets_purge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_purge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_purgeevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    resource_name character varying(120) NOT NULL,
    number integer NOT NULL,
    rows bigint NOT NULL,
    bytes bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    files jsonb NOT NULL,
    reason character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT datasets_purgeevent_number_check CHECK ((number >= 0))
);

ALTER TABLE public.datasets_purgeevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_purgeevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_qualityrule (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    item character varying(63) NOT NULL,
    parameters jsonb NOT NULL,
    dimension character varying(12) NOT NULL,
    is_blocking boolean NOT NULL,
    least_share double precision NOT NULL,
    is_active boolean NOT NULL,
    note character varying(200) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    resource_id bigint NOT NULL
);

ALTER TABLE public.datasets_qualityrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_qualityrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_qualityruleevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    item character varying(63) NOT NULL,
    parameters jsonb NOT NULL,
    dimension character varying(12) NOT NULL,
    is_blocking boolean NOT NULL,
    least_share double precision NOT NULL,
    is_active boolean NOT NULL,
    note character varying(200) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    resource_id bigint NOT NULL
);

ALTER TABLE public.datasets_qualityruleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_qualityruleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_qualityscore (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    total double precision NOT NULL,
    shares jsonb NOT NULL,
    results jsonb NOT NULL,
    rows bigint NOT NULL,
    is_blocked boolean NOT NULL,
    resource_id bigint NOT NULL,
    version_id bigint
);

ALTER TABLE public.datasets_qualityscore ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_qualityscore_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_refusedentry (
    id bigint NOT NULL,
    "position" character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    field character varying(60) NOT NULL,
    value character varying(200) NOT NULL,
    code character varying(40) NOT NULL,
    words text NOT NULL,
    raw jsonb NOT NULL,
    file_id bigint NOT NULL
);

ALTER TABLE public.datasets_refusedentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_refusedentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_resource (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    code character varying(60) NOT NULL,
    title character varying(120) NOT NULL,
    en character varying(160) NOT NULL,
    abstract text NOT NULL,
    level character varying(1) NOT NULL,
    category character varying(20) NOT NULL,
    library character varying(20) NOT NULL,
    theme character varying(20) NOT NULL,
    system character varying(40) NOT NULL,
    "table" character varying(80) NOT NULL,
    format character varying(60) NOT NULL,
    share character varying(12) NOT NULL,
    share_condition text NOT NULL,
    legal_ground text NOT NULL,
    share_way character varying(60) NOT NULL,
    is_open_to_public boolean NOT NULL,
    open_condition character varying(200) NOT NULL,
    cycle character varying(12) NOT NULL,
    is_secret boolean NOT NULL,
    keep_days integer,
    shelf character varying(12) NOT NULL,
    is_simulated boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    provider_id bigint NOT NULL,
    CONSTRAINT datasets_closed_needs_a_ground CHECK (((NOT ((share)::text = 'closed'::text)) OR (NOT (legal_ground = ''::text)))),
    CONSTRAINT datasets_resource_keep_days_check CHECK ((keep_days >= 0)),
    CONSTRAINT datasets_resource_name_form CHECK (((name)::text ~ '^[a-z0-9_]+\.[A-Za-z0-9_]+$'::text)),
    CONSTRAINT datasets_secret_is_not_open CHECK (((NOT is_open_to_public) OR (NOT is_secret)))
);

ALTER TABLE public.datasets_resource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_resource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_resource_related (
    id bigint NOT NULL,
    from_resource_id bigint NOT NULL,
    to_resource_id bigint NOT NULL
);

ALTER TABLE public.datasets_resource_related ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_resource_related_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_resourceevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    code character varying(60) NOT NULL,
    title character varying(120) NOT NULL,
    en character varying(160) NOT NULL,
    abstract text NOT NULL,
    level character varying(1) NOT NULL,
    category character varying(20) NOT NULL,
    library character varying(20) NOT NULL,
    theme character varying(20) NOT NULL,
    system character varying(40) NOT NULL,
    "table" character varying(80) NOT NULL,
    format character varying(60) NOT NULL,
    share character varying(12) NOT NULL,
    share_condition text NOT NULL,
    legal_ground text NOT NULL,
    share_way character varying(60) NOT NULL,
    is_open_to_public boolean NOT NULL,
    open_condition character varying(200) NOT NULL,
    cycle character varying(12) NOT NULL,
    is_secret boolean NOT NULL,
    keep_days integer,
    shelf character varying(12) NOT NULL,
    is_simulated boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    CONSTRAINT datasets_resourceevent_keep_days_check CHECK ((keep_days >= 0))
);

ALTER TABLE public.datasets_resourceevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_resourceevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_shelfstep (
    id bigint NOT NULL,
    shelf character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    note character varying(500) NOT NULL,
    by_id bigint,
    resource_id bigint NOT NULL
);

ALTER TABLE public.datasets_shelfstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_shelfstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.datasets_version (
    id bigint NOT NULL,
    number integer NOT NULL,
    state character varying(10) NOT NULL,
    schema jsonb NOT NULL,
    files jsonb NOT NULL,
    rows bigint NOT NULL,
    bytes bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    made_by character varying(120) NOT NULL,
    note character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    retired_at timestamp with time zone,
    resource_id bigint NOT NULL,
    published_by_id bigint,
    CONSTRAINT datasets_version_number_check CHECK ((number >= 0))
);

ALTER TABLE public.datasets_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE UNLOGGED TABLE public.datasets_visits (
    id bigint NOT NULL,
    mark character varying(80) NOT NULL,
    minute bigint NOT NULL,
    count integer NOT NULL,
    CONSTRAINT datasets_visits_count_check CHECK ((count >= 0))
);

ALTER TABLE public.datasets_visits ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.datasets_visits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices_device (
    id bigint NOT NULL,
    code character varying(64) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(40) NOT NULL,
    protocol character varying(20) NOT NULL,
    password text NOT NULL,
    cipher_key text NOT NULL,
    system character varying(40) NOT NULL,
    division_code character varying(12) NOT NULL,
    lon double precision,
    lat double precision,
    status character varying(10) NOT NULL,
    is_simulated boolean NOT NULL,
    attributes jsonb NOT NULL,
    interval_s integer NOT NULL,
    last_seen_at timestamp with time zone,
    is_online boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    owner_id bigint,
    CONSTRAINT device_interval_positive CHECK ((interval_s > 0)),
    CONSTRAINT device_position_on_earth CHECK ((((lat IS NULL) AND (lon IS NULL)) OR ((lat >= ('-90.0'::numeric)::double precision) AND (lat <= (90.0)::double precision) AND (lon >= ('-180.0'::numeric)::double precision) AND (lon <= (180.0)::double precision)))),
    CONSTRAINT devices_device_interval_s_check CHECK ((interval_s >= 0))
);

ALTER TABLE public.devices_device ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devices_device_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices_devicecommand (
    id bigint NOT NULL,
    command character varying(40) NOT NULL,
    parameters jsonb NOT NULL,
    state character varying(10) NOT NULL,
    message_id character varying(40) NOT NULL,
    attempts smallint NOT NULL,
    timeout_s integer NOT NULL,
    retries smallint NOT NULL,
    answer_code character varying(10) NOT NULL,
    result_code character varying(10) NOT NULL,
    result jsonb NOT NULL,
    detail character varying(300) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    answered_at timestamp with time zone,
    finished_at timestamp with time zone,
    asked_by_id bigint,
    device_id bigint NOT NULL,
    CONSTRAINT devices_devicecommand_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT devices_devicecommand_retries_check CHECK ((retries >= 0)),
    CONSTRAINT devices_devicecommand_timeout_s_check CHECK ((timeout_s >= 0))
);

ALTER TABLE public.devices_devicecommand ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devices_devicecommand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices_deviceevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(64) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(40) NOT NULL,
    protocol character varying(20) NOT NULL,
    system character varying(40) NOT NULL,
    division_code character varying(12) NOT NULL,
    lon double precision,
    lat double precision,
    status character varying(10) NOT NULL,
    is_simulated boolean NOT NULL,
    attributes jsonb NOT NULL,
    interval_s integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    owner_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT devices_deviceevent_interval_s_check CHECK ((interval_s >= 0))
);

ALTER TABLE public.devices_deviceevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devices_deviceevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices_devicelink (
    device_id bigint NOT NULL,
    is_connected boolean NOT NULL,
    remote character varying(64) NOT NULL,
    port integer NOT NULL,
    connected_at timestamp with time zone,
    disconnected_at timestamp with time zone,
    frames bigint NOT NULL,
    observations bigint NOT NULL,
    resends bigint NOT NULL,
    refusals bigint NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT devices_devicelink_port_check CHECK ((port >= 0))
);

CREATE TABLE public.devices_devicenote (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    item character varying(40) NOT NULL,
    name character varying(40) NOT NULL,
    text text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    device_id bigint NOT NULL
);

ALTER TABLE public.devices_devicenote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devices_devicenote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices_devicereport (
    id bigint NOT NULL,
    protocol character varying(20) NOT NULL,
    kind character varying(24) NOT NULL,
    subject character varying(64) NOT NULL,
    key character varying(160) NOT NULL,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    payload jsonb NOT NULL,
    is_told boolean NOT NULL,
    device_id bigint NOT NULL
);

ALTER TABLE public.devices_devicereport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devices_devicereport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices_lakeday (
    day date NOT NULL,
    observations bigint NOT NULL,
    path character varying(200) NOT NULL,
    bytes bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    is_in_database boolean NOT NULL
);

CREATE TABLE public.devices_latest (
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    value double precision NOT NULL,
    series_id integer NOT NULL,
    mark integer DEFAULT 0 NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0.05', autovacuum_vacuum_cost_delay='0');

CREATE TABLE public.devices_latestposition (
    device_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    alarm bigint NOT NULL,
    status bigint NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    speed_kmh real NOT NULL,
    direction integer NOT NULL,
    mark integer DEFAULT 0 NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0.05', autovacuum_vacuum_cost_delay='0');

CREATE TABLE public.devices_observation (
    at timestamp with time zone NOT NULL,
    value double precision NOT NULL,
    series_id integer NOT NULL,
    mark integer DEFAULT 0 NOT NULL
)
PARTITION BY RANGE (at);

CREATE TABLE public.devices_observationcount (
    day date NOT NULL,
    observations bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_cost_delay='0');

CREATE TABLE public.devices_position (
    number bigint NOT NULL,
    device_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    digest bigint NOT NULL,
    alarm bigint NOT NULL,
    status bigint NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    speed_kmh real NOT NULL,
    mileage_km real,
    altitude_m integer NOT NULL,
    direction integer NOT NULL,
    mark integer DEFAULT 0 NOT NULL,
    extra jsonb
)
PARTITION BY RANGE (at);

CREATE SEQUENCE public.devices_position_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.devices_position_number OWNED BY public.devices_position.number;

CREATE TABLE public.devices_positionlakeday (
    day date NOT NULL,
    positions bigint NOT NULL,
    path character varying(200) NOT NULL,
    bytes bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    is_in_database boolean NOT NULL
);

CREATE TABLE public.devices_quarantinedmessage (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    protocol character varying(20) NOT NULL,
    port integer NOT NULL,
    remote character varying(64) NOT NULL,
    device_code character varying(64) NOT NULL,
    reason character varying(40) NOT NULL,
    layer character varying(10) NOT NULL,
    detail text NOT NULL,
    raw bytea NOT NULL,
    readings jsonb NOT NULL,
    repeats integer NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    note character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    decided_by_id bigint,
    CONSTRAINT devices_quarantinedmessage_port_check CHECK ((port >= 0)),
    CONSTRAINT devices_quarantinedmessage_repeats_check CHECK ((repeats >= 0))
);

ALTER TABLE public.devices_quarantinedmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devices_quarantinedmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices_series (
    id integer NOT NULL,
    item character varying(32) NOT NULL,
    statistic character varying(16) NOT NULL,
    period character varying(16) NOT NULL,
    unit character varying(16) NOT NULL,
    decimals smallint NOT NULL,
    low double precision,
    high double precision,
    made_at timestamp with time zone NOT NULL,
    device_id bigint NOT NULL,
    CONSTRAINT devices_series_decimals_check CHECK ((decimals >= 0))
);

ALTER TABLE public.devices_series ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.devices_series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices_writerprogress (
    writer text NOT NULL,
    number bigint NOT NULL,
    at timestamp with time zone NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_cost_delay='0');

COMMENT ON TABLE public.devices_writerprogress IS 'The last group each gateway process has committed: when a connection dies in a COMMIT, this tells the outcome';

CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id bigint NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);

ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.environment_airday (
    "on" date NOT NULL,
    aqi smallint,
    category character varying(12) NOT NULL,
    primary_pollutants jsonb NOT NULL,
    exceeding_pollutants jsonb NOT NULL,
    concentrations jsonb NOT NULL,
    sub_indices jsonb NOT NULL,
    standard character varying(20) NOT NULL,
    point_id bigint NOT NULL,
    CONSTRAINT environment_airday_aqi_check CHECK ((aqi >= 0))
);

CREATE TABLE public.environment_monitoringpoint (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(80) NOT NULL,
    element character varying(14) NOT NULL,
    division_code character varying(12) NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    factors jsonb NOT NULL,
    units jsonb NOT NULL,
    function_class smallint,
    target_class character varying(4) NOT NULL,
    river character varying(40) NOT NULL,
    is_lake boolean NOT NULL,
    reach_km double precision,
    zone character varying(2) NOT NULL,
    coverage_radius_km double precision,
    covers jsonb,
    is_in_use boolean NOT NULL,
    is_demo boolean NOT NULL,
    device_id bigint,
    CONSTRAINT environment_monitoringpoint_function_class_check CHECK ((function_class >= 0))
);

CREATE VIEW public.environment_air_quality_daily AS
 SELECT p.code AS station_code,
    p.name AS station,
    p.lon,
    p.lat,
    v."on",
    v.aqi,
    v.category,
    array_to_string(ARRAY( SELECT jsonb_array_elements_text(v.primary_pollutants) AS jsonb_array_elements_text), '、'::text) AS primary_pollutants,
    ((v.concentrations ->> 'PM2.5'::text))::double precision AS pm25,
    ((v.concentrations ->> 'PM10'::text))::double precision AS pm10,
    ((v.concentrations ->> 'SO2'::text))::double precision AS so2,
    ((v.concentrations ->> 'NO2'::text))::double precision AS no2,
    ((v.concentrations ->> 'CO'::text))::double precision AS co,
    ((v.concentrations ->> 'O3'::text))::double precision AS o3,
    v.standard
   FROM (public.environment_airday v
     JOIN public.environment_monitoringpoint p ON ((p.id = v.point_id)));

CREATE TABLE public.environment_airhour (
    at timestamp with time zone NOT NULL,
    aqi smallint,
    category character varying(12) NOT NULL,
    primary_pollutants jsonb NOT NULL,
    concentrations jsonb NOT NULL,
    sub_indices jsonb NOT NULL,
    standard character varying(20) NOT NULL,
    point_id bigint NOT NULL,
    CONSTRAINT environment_airhour_aqi_check CHECK ((aqi >= 0))
);

CREATE VIEW public.environment_air_quality_hourly AS
 SELECT p.code AS station_code,
    p.name AS station,
    p.lon,
    p.lat,
    v.at,
    v.aqi,
    v.category,
    array_to_string(ARRAY( SELECT jsonb_array_elements_text(v.primary_pollutants) AS jsonb_array_elements_text), '、'::text) AS primary_pollutants,
    ((v.concentrations ->> 'PM2.5'::text))::double precision AS pm25,
    ((v.concentrations ->> 'PM10'::text))::double precision AS pm10,
    ((v.concentrations ->> 'SO2'::text))::double precision AS so2,
    ((v.concentrations ->> 'NO2'::text))::double precision AS no2,
    ((v.concentrations ->> 'CO'::text))::double precision AS co,
    ((v.concentrations ->> 'O3'::text))::double precision AS o3,
    v.standard
   FROM (public.environment_airhour v
     JOIN public.environment_monitoringpoint p ON ((p.id = v.point_id)));

CREATE TABLE public.environment_outlet (
    id bigint NOT NULL,
    code character varying(8) NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(6) NOT NULL,
    lon double precision,
    lat double precision,
    height_m double precision,
    diameter_m double precision,
    base_oxygen_percent double precision,
    receiving_water character varying(80) NOT NULL,
    discharge_way character varying(80) NOT NULL,
    is_in_use boolean NOT NULL,
    device_id bigint,
    inlet_device_id bigint,
    source_id bigint NOT NULL
);

CREATE TABLE public.environment_source (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(120) NOT NULL,
    credit_code character varying(18) NOT NULL,
    industry character varying(80) NOT NULL,
    address character varying(200) NOT NULL,
    division_code character varying(12) NOT NULL,
    lon double precision,
    lat double precision,
    level character varying(12) NOT NULL,
    status character varying(12) NOT NULL,
    contact_name character varying(40) NOT NULL,
    contact_phone text NOT NULL,
    operating_since_on date,
    is_demo boolean NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    organisation_id bigint
);

CREATE TABLE public.environment_supervisioncase (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    kind character varying(16) NOT NULL,
    state character varying(10) NOT NULL,
    item character varying(12) NOT NULL,
    title character varying(160) NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    measured_value double precision,
    limit_value double precision,
    unit character varying(16) NOT NULL,
    closed_at timestamp with time zone,
    exemption character varying(200) NOT NULL,
    reminded_at timestamp with time zone,
    reminders smallint NOT NULL,
    alarm_id bigint,
    device_id bigint,
    outlet_id bigint,
    point_id bigint,
    source_id bigint,
    CONSTRAINT environment_supervisioncase_reminders_check CHECK ((reminders >= 0))
);

CREATE VIEW public.environment_alarm_ledger AS
 SELECT c.number,
    c.kind,
    c.state,
    s.name AS source,
    s.credit_code,
    o.code AS outlet_code,
    p.name AS point,
    c.item,
    c.happened_at,
    c.opened_at,
    c.due_at,
    c.closed_at,
    c.measured_value,
    c.limit_value,
    c.unit
   FROM (((public.environment_supervisioncase c
     LEFT JOIN public.environment_source s ON ((s.id = c.source_id)))
     LEFT JOIN public.environment_outlet o ON ((o.id = c.outlet_id)))
     LEFT JOIN public.environment_monitoringpoint p ON ((p.id = c.point_id)));

CREATE TABLE public.environment_capturerate (
    "on" date NOT NULL,
    expected integer NOT NULL,
    received integer NOT NULL,
    valid integer NOT NULL,
    device_id bigint NOT NULL,
    CONSTRAINT environment_capturerate_expected_check CHECK ((expected >= 0)),
    CONSTRAINT environment_capturerate_received_check CHECK ((received >= 0)),
    CONSTRAINT environment_capturerate_valid_check CHECK ((valid >= 0))
);

CREATE TABLE public.environment_casestep (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    cause text NOT NULL,
    measures text NOT NULL,
    note text NOT NULL,
    attachment character varying(200) NOT NULL,
    attachment_name character varying(200) NOT NULL,
    attachment_type character varying(80) NOT NULL,
    by_id bigint,
    case_id bigint NOT NULL
);

ALTER TABLE public.environment_casestep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_casestep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_correction (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    old_value double precision,
    new_value double precision,
    reason character varying(300) NOT NULL,
    state character varying(10) NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decision_note character varying(200) NOT NULL,
    decided_by_id bigint,
    requested_by_id bigint NOT NULL,
    series_id integer NOT NULL,
    CONSTRAINT correction_needs_two_people CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = requested_by_id) AND (decided_by_id IS NOT NULL)))))
);

ALTER TABLE public.environment_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_dailyvalue (
    "on" date NOT NULL,
    value double precision,
    minimum double precision,
    maximum double precision,
    hours smallint NOT NULL,
    valid_hours smallint NOT NULL,
    validity character varying(12) NOT NULL,
    reason character varying(40) NOT NULL,
    series_id integer NOT NULL,
    CONSTRAINT environment_dailyvalue_hours_check CHECK ((hours >= 0)),
    CONSTRAINT environment_dailyvalue_valid_hours_check CHECK ((valid_hours >= 0))
);

CREATE TABLE public.environment_dutyfulfilment (
    id bigint NOT NULL,
    period_ends_on date NOT NULL,
    done_on date NOT NULL,
    number character varying(80) NOT NULL,
    note character varying(200) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_id bigint,
    duty_id bigint NOT NULL
);

ALTER TABLE public.environment_dutyfulfilment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_dutyfulfilment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_dutyfulfilmentevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    period_ends_on date NOT NULL,
    done_on date NOT NULL,
    number character varying(80) NOT NULL,
    note character varying(200) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    recorded_by_id bigint,
    duty_id bigint NOT NULL
);

ALTER TABLE public.environment_dutyfulfilmentevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_dutyfulfilmentevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_evaluatedday (
    "on" date NOT NULL,
    observations bigint NOT NULL,
    evaluated_at timestamp with time zone,
    marked_at timestamp with time zone,
    reason character varying(40) NOT NULL
);

CREATE TABLE public.environment_facility (
    id bigint NOT NULL,
    code character varying(8) NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(16) NOT NULL,
    process character varying(120) NOT NULL,
    capacity character varying(80) NOT NULL,
    source_id bigint NOT NULL
);

ALTER TABLE public.environment_facility ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_facility_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_facility_outlets (
    id bigint NOT NULL,
    facility_id bigint NOT NULL,
    outlet_id bigint NOT NULL
);

ALTER TABLE public.environment_facility_outlets ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_facility_outlets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_facilityevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(8) NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(16) NOT NULL,
    process character varying(120) NOT NULL,
    capacity character varying(80) NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    source_id bigint NOT NULL
);

ALTER TABLE public.environment_facilityevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_facilityevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_filerecord (
    id bigint NOT NULL,
    kind character varying(24) NOT NULL,
    happened_on date NOT NULL,
    title character varying(160) NOT NULL,
    number character varying(80) NOT NULL,
    issuer character varying(120) NOT NULL,
    summary text NOT NULL,
    fields jsonb NOT NULL,
    attachment character varying(200) NOT NULL,
    attachment_name character varying(200) NOT NULL,
    attachment_sha256 character varying(64) NOT NULL,
    attachment_type character varying(80) NOT NULL,
    withdrawn_reason character varying(200) NOT NULL,
    is_withdrawn boolean NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_id bigint,
    outlet_id bigint,
    source_id bigint NOT NULL
);

ALTER TABLE public.environment_filerecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_filerecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_filerecordevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    kind character varying(24) NOT NULL,
    happened_on date NOT NULL,
    title character varying(160) NOT NULL,
    number character varying(80) NOT NULL,
    issuer character varying(120) NOT NULL,
    summary text NOT NULL,
    fields jsonb NOT NULL,
    attachment character varying(200) NOT NULL,
    attachment_name character varying(200) NOT NULL,
    attachment_sha256 character varying(64) NOT NULL,
    attachment_type character varying(80) NOT NULL,
    withdrawn_reason character varying(200) NOT NULL,
    is_withdrawn boolean NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    recorded_by_id bigint,
    outlet_id bigint,
    source_id bigint NOT NULL
);

ALTER TABLE public.environment_filerecordevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_filerecordevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_forecast (
    id bigint NOT NULL,
    item character varying(12) NOT NULL,
    period character varying(4) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    for_at timestamp with time zone NOT NULL,
    value double precision NOT NULL,
    low double precision,
    high double precision,
    method character varying(40) NOT NULL,
    point_id bigint NOT NULL
);

ALTER TABLE public.environment_forecast ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_forecast_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_forecastmodel (
    id bigint NOT NULL,
    item character varying(12) NOT NULL,
    fitted_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    data bytea NOT NULL,
    point_id bigint NOT NULL
);

ALTER TABLE public.environment_forecastmodel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_forecastmodel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_forecastscore (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    hours character varying(8) NOT NULL,
    count integer NOT NULL,
    ours double precision NOT NULL,
    persistence double precision NOT NULL,
    seasonal double precision NOT NULL,
    coverage double precision,
    judged_at timestamp with time zone NOT NULL,
    point_id bigint,
    CONSTRAINT environment_forecastscore_count_check CHECK ((count >= 0))
);

ALTER TABLE public.environment_forecastscore ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_forecastscore_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_hourlyvalue (
    at timestamp with time zone NOT NULL,
    value double precision,
    raw double precision,
    validity character varying(12) NOT NULL,
    reason character varying(40) NOT NULL,
    samples smallint NOT NULL,
    observed_at timestamp with time zone,
    series_id integer NOT NULL,
    CONSTRAINT environment_hourlyvalue_samples_check CHECK ((samples >= 0))
);

ALTER TABLE public.environment_monitoringpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_monitoringpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_monitoringpointevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(80) NOT NULL,
    element character varying(14) NOT NULL,
    division_code character varying(12) NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    factors jsonb NOT NULL,
    units jsonb NOT NULL,
    function_class smallint,
    target_class character varying(4) NOT NULL,
    river character varying(40) NOT NULL,
    is_lake boolean NOT NULL,
    reach_km double precision,
    zone character varying(2) NOT NULL,
    coverage_radius_km double precision,
    covers jsonb,
    is_in_use boolean NOT NULL,
    is_demo boolean NOT NULL,
    device_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT environment_monitoringpointevent_function_class_check CHECK ((function_class >= 0))
);

ALTER TABLE public.environment_monitoringpointevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_monitoringpointevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_noiseday (
    "on" date NOT NULL,
    day_level double precision,
    night_level double precision,
    day_night_level double precision,
    exceeds_day boolean,
    exceeds_night boolean,
    day_hours smallint NOT NULL,
    night_hours smallint NOT NULL,
    point_id bigint NOT NULL,
    CONSTRAINT environment_noiseday_day_hours_check CHECK ((day_hours >= 0)),
    CONSTRAINT environment_noiseday_night_hours_check CHECK ((night_hours >= 0))
);

CREATE TABLE public.environment_outletday (
    item character varying(12) NOT NULL,
    "on" date NOT NULL,
    mean double precision,
    maximum double precision,
    mass_kg double precision,
    flow_m3 double precision,
    valid_hours smallint NOT NULL,
    substituted_hours smallint NOT NULL,
    exceeding_hours smallint NOT NULL,
    limit_hour double precision,
    limit_day double precision,
    exceeds_day boolean,
    validity character varying(12) NOT NULL,
    outlet_id bigint NOT NULL,
    CONSTRAINT environment_outletday_exceeding_hours_check CHECK ((exceeding_hours >= 0)),
    CONSTRAINT environment_outletday_substituted_hours_check CHECK ((substituted_hours >= 0)),
    CONSTRAINT environment_outletday_valid_hours_check CHECK ((valid_hours >= 0))
);

CREATE VIEW public.environment_outlet_emission_daily AS
 SELECT s.credit_code,
    s.name AS source,
    o.code AS outlet_code,
    o.name AS outlet,
    v.item,
    v."on",
    v.mean,
    v.mass_kg,
    v.flow_m3,
    v.valid_hours,
    v.exceeding_hours,
    v.exceeds_day
   FROM ((public.environment_outletday v
     JOIN public.environment_outlet o ON ((o.id = v.outlet_id)))
     JOIN public.environment_source s ON ((s.id = o.source_id)));

ALTER TABLE public.environment_outlet ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_outlet_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_outletevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(8) NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(6) NOT NULL,
    lon double precision,
    lat double precision,
    height_m double precision,
    diameter_m double precision,
    base_oxygen_percent double precision,
    receiving_water character varying(80) NOT NULL,
    discharge_way character varying(80) NOT NULL,
    is_in_use boolean NOT NULL,
    device_id bigint,
    inlet_device_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    source_id bigint NOT NULL
);

ALTER TABLE public.environment_outletevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_outletevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_permit (
    id bigint NOT NULL,
    number character varying(22) NOT NULL,
    level character varying(12) NOT NULL,
    issuer character varying(120) NOT NULL,
    issued_on date NOT NULL,
    valid_from_on date NOT NULL,
    valid_until_on date NOT NULL,
    status character varying(10) NOT NULL,
    special_requirements text NOT NULL,
    is_demo boolean NOT NULL,
    source_id bigint NOT NULL,
    CONSTRAINT permit_ends_after_it_begins CHECK ((valid_until_on >= valid_from_on))
);

ALTER TABLE public.environment_permit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_permit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_permitduty (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    title character varying(120) NOT NULL,
    every character varying(10) NOT NULL,
    grace_days smallint NOT NULL,
    permit_id bigint NOT NULL,
    CONSTRAINT environment_permitduty_grace_days_check CHECK ((grace_days >= 0))
);

ALTER TABLE public.environment_permitduty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_permitduty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_permitdutyevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    title character varying(120) NOT NULL,
    every character varying(10) NOT NULL,
    grace_days smallint NOT NULL,
    permit_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT environment_permitdutyevent_grace_days_check CHECK ((grace_days >= 0))
);

ALTER TABLE public.environment_permitdutyevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_permitdutyevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_permitevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    number character varying(22) NOT NULL,
    level character varying(12) NOT NULL,
    issuer character varying(120) NOT NULL,
    issued_on date NOT NULL,
    valid_from_on date NOT NULL,
    valid_until_on date NOT NULL,
    status character varying(10) NOT NULL,
    special_requirements text NOT NULL,
    is_demo boolean NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    source_id bigint NOT NULL
);

ALTER TABLE public.environment_permitevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_permitevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_permitlimit (
    id bigint NOT NULL,
    item character varying(12) NOT NULL,
    period character varying(4) NOT NULL,
    "limit" double precision NOT NULL,
    lower_limit double precision,
    unit character varying(16) NOT NULL,
    basis character varying(120) NOT NULL,
    requires_automatic boolean NOT NULL,
    frequency character varying(40) NOT NULL,
    valid_from_on date NOT NULL,
    valid_until_on date,
    outlet_id bigint NOT NULL,
    permit_id bigint NOT NULL
);

ALTER TABLE public.environment_permitlimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_permitlimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_permitlimitevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    item character varying(12) NOT NULL,
    period character varying(4) NOT NULL,
    "limit" double precision NOT NULL,
    lower_limit double precision,
    unit character varying(16) NOT NULL,
    basis character varying(120) NOT NULL,
    requires_automatic boolean NOT NULL,
    frequency character varying(40) NOT NULL,
    valid_from_on date NOT NULL,
    valid_until_on date,
    outlet_id bigint NOT NULL,
    permit_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);

ALTER TABLE public.environment_permitlimitevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_permitlimitevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_permitquantity (
    id bigint NOT NULL,
    item character varying(12) NOT NULL,
    year smallint NOT NULL,
    allowed_kg double precision NOT NULL,
    outlet_id bigint,
    permit_id bigint NOT NULL,
    CONSTRAINT allowed_quantity_is_positive CHECK ((allowed_kg > (0.0)::double precision)),
    CONSTRAINT environment_permitquantity_year_check CHECK ((year >= 0))
);

ALTER TABLE public.environment_permitquantity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_permitquantity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_permitquantityevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    item character varying(12) NOT NULL,
    year smallint NOT NULL,
    allowed_kg double precision NOT NULL,
    outlet_id bigint,
    permit_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT environment_permitquantityevent_year_check CHECK ((year >= 0))
);

ALTER TABLE public.environment_permitquantityevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_permitquantityevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_qualityfinding (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    value double precision,
    detail character varying(200) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    verdict character varying(10) NOT NULL,
    verdict_at timestamp with time zone,
    note character varying(200) NOT NULL,
    series_id integer NOT NULL,
    verdict_by_id bigint
);

ALTER TABLE public.environment_qualityfinding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_qualityfinding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.environment_source ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_source_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_sourceevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(120) NOT NULL,
    credit_code character varying(18) NOT NULL,
    industry character varying(80) NOT NULL,
    address character varying(200) NOT NULL,
    division_code character varying(12) NOT NULL,
    lon double precision,
    lat double precision,
    level character varying(12) NOT NULL,
    status character varying(12) NOT NULL,
    contact_name character varying(40) NOT NULL,
    contact_phone text NOT NULL,
    operating_since_on date,
    is_demo boolean NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    organisation_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);

ALTER TABLE public.environment_sourceevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_sourceevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_statemark (
    id bigint NOT NULL,
    state character varying(20) NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    note character varying(200) NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    declared_by_id bigint,
    outlet_id bigint NOT NULL,
    CONSTRAINT state_mark_ends_after_it_begins CHECK ((until_at > from_at))
);

ALTER TABLE public.environment_statemark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_statemark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_statemarkevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    state character varying(20) NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    note character varying(200) NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    declared_by_id bigint,
    outlet_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);

ALTER TABLE public.environment_statemarkevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_statemarkevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.environment_supervisioncase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_supervisioncase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_supervisioncaseevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    kind character varying(16) NOT NULL,
    state character varying(10) NOT NULL,
    item character varying(12) NOT NULL,
    title character varying(160) NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    measured_value double precision,
    limit_value double precision,
    unit character varying(16) NOT NULL,
    closed_at timestamp with time zone,
    exemption character varying(200) NOT NULL,
    reminded_at timestamp with time zone,
    reminders smallint NOT NULL,
    alarm_id bigint,
    device_id bigint,
    outlet_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    point_id bigint,
    source_id bigint,
    CONSTRAINT environment_supervisioncaseevent_reminders_check CHECK ((reminders >= 0))
);

ALTER TABLE public.environment_supervisioncaseevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.environment_supervisioncaseevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.environment_waterday (
    "on" date NOT NULL,
    water_class character varying(4) NOT NULL,
    deciding_items jsonb NOT NULL,
    exceeding_items jsonb NOT NULL,
    concentrations jsonb NOT NULL,
    meets_target boolean,
    point_id bigint NOT NULL
);

CREATE TABLE public.events_receipt (
    message character varying(60) NOT NULL,
    listener character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.feeds_change (
    id bigint NOT NULL,
    subject character varying(200) NOT NULL,
    op character varying(8) NOT NULL,
    "row" jsonb NOT NULL,
    before jsonb,
    at timestamp with time zone NOT NULL,
    resource_id bigint NOT NULL
);

ALTER TABLE public.feeds_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feeds_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.feeds_push (
    id bigint NOT NULL,
    subject character varying(200) NOT NULL,
    state character varying(9) NOT NULL,
    sent_op character varying(8) NOT NULL,
    attempts integer NOT NULL,
    next_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    status smallint,
    error character varying(200) NOT NULL,
    change_id bigint NOT NULL,
    subscription_id bigint NOT NULL,
    CONSTRAINT feeds_push_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT feeds_push_status_check CHECK ((status >= 0))
);

ALTER TABLE public.feeds_push ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feeds_push_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.feeds_seen (
    id bigint NOT NULL,
    subject character varying(200) NOT NULL,
    digest character varying(32) NOT NULL,
    "row" jsonb NOT NULL,
    resource_id bigint NOT NULL
);

ALTER TABLE public.feeds_seen ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feeds_seen_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.feeds_subscription (
    id bigint NOT NULL,
    url character varying(300) NOT NULL,
    secret text NOT NULL,
    state character varying(8) NOT NULL,
    reason character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    created_by_id bigint,
    grant_id bigint NOT NULL
);

ALTER TABLE public.feeds_subscription ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feeds_subscription_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.feeds_subscriptionevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    url character varying(300) NOT NULL,
    state character varying(8) NOT NULL,
    reason character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    created_by_id bigint,
    grant_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);

ALTER TABLE public.feeds_subscriptionevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feeds_subscriptionevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.files_filelink (
    id bigint NOT NULL,
    subject_kind character varying(60) NOT NULL,
    subject character varying(80) NOT NULL,
    purpose character varying(60) NOT NULL,
    is_personal boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    file_id bigint NOT NULL
);

ALTER TABLE public.files_filelink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.files_filelink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.files_storedfile (
    id bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    name character varying(130) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    purpose character varying(60) NOT NULL,
    lon double precision,
    lat double precision,
    kept_at timestamp with time zone NOT NULL,
    kept_by_id bigint
);

ALTER TABLE public.files_storedfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.files_storedfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_apisession (
    id bigint NOT NULL,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL
);

ALTER TABLE public.forms_apisession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_apisession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_appuser (
    id bigint NOT NULL,
    display_name character varying(80) NOT NULL,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    account_id bigint NOT NULL,
    project_id bigint NOT NULL
);

CREATE TABLE public.forms_appuser_forms (
    id bigint NOT NULL,
    appuser_id bigint NOT NULL,
    form_id bigint NOT NULL
);

ALTER TABLE public.forms_appuser_forms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_appuser_forms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.forms_appuser ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_appuser_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_entity (
    id bigint NOT NULL,
    uuid uuid NOT NULL,
    label character varying(120) NOT NULL,
    division_code character varying(12) NOT NULL,
    lon double precision,
    lat double precision,
    "values" jsonb NOT NULL,
    conflicts jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    created_by_id bigint,
    register_id bigint NOT NULL,
    key character varying(64) NOT NULL,
    CONSTRAINT forms_entity_version_check CHECK ((version >= 0))
);

ALTER TABLE public.forms_entity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_entity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_entitywrite (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    version integer NOT NULL,
    base_version integer,
    trunk_version integer,
    branch character varying(40) NOT NULL,
    kind character varying(10) NOT NULL,
    "values" jsonb NOT NULL,
    label character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    device character varying(80) NOT NULL,
    source character varying(120) NOT NULL,
    account_id bigint,
    entity_id bigint NOT NULL,
    organisation_id bigint,
    submission_id bigint,
    reason character varying(200) NOT NULL,
    CONSTRAINT forms_entitywrite_base_version_check CHECK ((base_version >= 0)),
    CONSTRAINT forms_entitywrite_trunk_version_check CHECK ((trunk_version >= 0)),
    CONSTRAINT forms_entitywrite_version_check CHECK ((version >= 0))
);

ALTER TABLE public.forms_entitywrite ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_entitywrite_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_form (
    id bigint NOT NULL,
    xml_form_id character varying(64) NOT NULL,
    title character varying(120) NOT NULL,
    purpose text NOT NULL,
    ground character varying(200) NOT NULL,
    keep_months integer NOT NULL,
    state character varying(8) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    created_by_id bigint,
    organisation_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT forms_form_keep_months_check CHECK ((keep_months >= 0))
);

CREATE TABLE public.forms_form_audience (
    id bigint NOT NULL,
    form_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.forms_form_audience ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_form_audience_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.forms_form ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_form_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_formfile (
    id bigint NOT NULL,
    name character varying(130) NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    file_id bigint,
    version_id bigint NOT NULL,
    register_id bigint
);

ALTER TABLE public.forms_formfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_formfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_formreview (
    id bigint NOT NULL,
    md5 character varying(32) NOT NULL,
    asked integer NOT NULL,
    held integer NOT NULL,
    held_labels jsonb NOT NULL,
    reason text NOT NULL,
    state character varying(9) NOT NULL,
    at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    note character varying(300) NOT NULL,
    by_id bigint NOT NULL,
    decided_by_id bigint,
    version_id bigint NOT NULL,
    CONSTRAINT forms_formreview_asked_check CHECK ((asked >= 0)),
    CONSTRAINT forms_formreview_held_check CHECK ((held >= 0))
);

ALTER TABLE public.forms_formreview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_formreview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_formversion (
    id bigint NOT NULL,
    version character varying(80) NOT NULL,
    state character varying(9) NOT NULL,
    xform text NOT NULL,
    md5 character varying(32) NOT NULL,
    questions jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    form_id bigint NOT NULL,
    made_by_id bigint,
    xlsx_id bigint
);

ALTER TABLE public.forms_formversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_formversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_project (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    description text NOT NULL,
    is_archived boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.forms_project ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_project_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_register (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    title character varying(80) NOT NULL,
    subject character varying(10) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    organisation_id bigint NOT NULL,
    project_id bigint NOT NULL
);

ALTER TABLE public.forms_register ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_register_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_registeritem (
    id bigint NOT NULL,
    "position" integer NOT NULL,
    name character varying(60) NOT NULL,
    title character varying(80) NOT NULL,
    type character varying(10) NOT NULL,
    grade smallint NOT NULL,
    choices jsonb NOT NULL,
    holder_id bigint,
    register_id bigint NOT NULL,
    resource_item_id bigint,
    is_key boolean NOT NULL,
    CONSTRAINT forms_registeritem_grade_check CHECK ((grade >= 0)),
    CONSTRAINT forms_registeritem_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.forms_registeritem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_registeritem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_registersource (
    id bigint NOT NULL,
    key_column character varying(63) NOT NULL,
    columns jsonb NOT NULL,
    label_column character varying(63) NOT NULL,
    division_column character varying(63) NOT NULL,
    creates boolean NOT NULL,
    is_active boolean NOT NULL,
    last_run_at timestamp with time zone,
    counts jsonb NOT NULL,
    error character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint,
    last_version_id bigint,
    register_id bigint NOT NULL,
    resource_id bigint NOT NULL
);

ALTER TABLE public.forms_registersource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_registersource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_submission (
    id bigint NOT NULL,
    instance_id character varying(120) NOT NULL,
    current_id character varying(120) NOT NULL,
    device character varying(120) NOT NULL,
    division_code character varying(12) NOT NULL,
    "values" jsonb NOT NULL,
    conflicts jsonb NOT NULL,
    review_state character varying(9) NOT NULL,
    asked integer NOT NULL,
    held integer NOT NULL,
    kept integer NOT NULL,
    changed integer NOT NULL,
    seconds integer,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    account_id bigint,
    app_user_id bigint,
    form_id bigint NOT NULL,
    organisation_id bigint,
    version_id bigint NOT NULL,
    CONSTRAINT forms_submission_asked_check CHECK ((asked >= 0)),
    CONSTRAINT forms_submission_changed_check CHECK ((changed >= 0)),
    CONSTRAINT forms_submission_held_check CHECK ((held >= 0)),
    CONSTRAINT forms_submission_kept_check CHECK ((kept >= 0)),
    CONSTRAINT forms_submission_seconds_check CHECK ((seconds >= 0))
);

ALTER TABLE public.forms_submission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_submission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_submissioncomment (
    id bigint NOT NULL,
    body text NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    submission_id bigint NOT NULL
);

ALTER TABLE public.forms_submissioncomment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_submissioncomment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_submissionfile (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    file_id bigint,
    version_id bigint NOT NULL
);

ALTER TABLE public.forms_submissionfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_submissionfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_submissionsettlement (
    id bigint NOT NULL,
    path character varying(255) NOT NULL,
    value jsonb NOT NULL,
    seen jsonb NOT NULL,
    reason character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    submission_id bigint NOT NULL
);

ALTER TABLE public.forms_submissionsettlement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_submissionsettlement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_submissionversion (
    id bigint NOT NULL,
    instance_id character varying(120) NOT NULL,
    deprecated_id character varying(120) NOT NULL,
    xml text NOT NULL,
    device character varying(120) NOT NULL,
    user_agent character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    account_id bigint,
    app_user_id bigint,
    form_version_id bigint NOT NULL,
    submission_id bigint NOT NULL,
    instance_name character varying(200) NOT NULL
);

ALTER TABLE public.forms_submissionversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_submissionversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_waitingwrite (
    id bigint NOT NULL,
    uuid character varying(120) NOT NULL,
    state character varying(8) NOT NULL,
    code character varying(20) NOT NULL,
    words character varying(200) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    register_id bigint NOT NULL,
    submission_id bigint NOT NULL
);

ALTER TABLE public.forms_waitingwrite ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_waitingwrite_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_webform (
    id bigint NOT NULL,
    html text NOT NULL,
    model text NOT NULL,
    made_with character varying(64) NOT NULL,
    version_id bigint NOT NULL
);

ALTER TABLE public.forms_webform ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_webform_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_camera (
    id bigint NOT NULL,
    code character varying(20) NOT NULL COLLATE pg_catalog."C",
    name character varying(120) NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    address character varying(200) NOT NULL,
    lon double precision,
    lat double precision,
    mount character varying(10) NOT NULL,
    heading_deg double precision,
    view_deg double precision NOT NULL,
    range_m double precision NOT NULL,
    manufacturer character varying(80) NOT NULL,
    model character varying(80) NOT NULL,
    is_in_use boolean NOT NULL,
    is_reported_on boolean,
    catalogue_seen_at timestamp with time zone,
    is_faulty boolean NOT NULL,
    is_playable boolean,
    playable_reason character varying(40) NOT NULL,
    probed_at timestamp with time zone,
    picture_at timestamp with time zone,
    picture_ms integer,
    is_simulated boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    device_id bigint,
    organisation_id bigint,
    CONSTRAINT camera_heading CHECK (((heading_deg IS NULL) OR ((heading_deg >= (0.0)::double precision) AND (heading_deg < (360.0)::double precision)))),
    CONSTRAINT camera_range CHECK (((range_m > (0.0)::double precision) AND (range_m <= (5000.0)::double precision))),
    CONSTRAINT camera_view CHECK (((view_deg > (0.0)::double precision) AND (view_deg <= (360.0)::double precision))),
    CONSTRAINT governance_camera_picture_ms_check CHECK ((picture_ms >= 0))
);

ALTER TABLE public.governance_camera ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_camera_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_careappeal (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    kind character varying(20) NOT NULL,
    what character varying(12) NOT NULL,
    text text NOT NULL,
    proof character varying(40) NOT NULL,
    state character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_on date NOT NULL,
    decided_at timestamp with time zone,
    grounds text NOT NULL,
    case_number character varying(40) NOT NULL,
    decided_by_id bigint,
    organisation_id bigint NOT NULL,
    taken_by_id bigint NOT NULL,
    record_id bigint,
    CONSTRAINT governance_careappeal_decided CHECK ((((decided_at IS NULL) AND ((state)::text = 'asked'::text)) OR ((NOT ((state)::text = 'asked'::text)) AND (decided_at IS NOT NULL))))
);

ALTER TABLE ONLY public.governance_careappeal FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_careappeal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_careappeal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_carecontent (
    record_id bigint NOT NULL,
    name text NOT NULL,
    identity_number text NOT NULL,
    phone text NOT NULL,
    address text NOT NULL,
    guardian text NOT NULL,
    guardian_phone text NOT NULL,
    document_number text NOT NULL,
    situation text NOT NULL,
    work_notes text NOT NULL,
    medical_class text NOT NULL,
    medical_condition text NOT NULL,
    medical_office character varying(80) NOT NULL,
    medical_on date
);

ALTER TABLE ONLY public.governance_carecontent FORCE ROW LEVEL SECURITY;

CREATE TABLE public.governance_careerasure (
    id bigint NOT NULL,
    "on" date NOT NULL,
    basis character varying(30) NOT NULL,
    count integer NOT NULL,
    digests jsonb NOT NULL,
    CONSTRAINT governance_careerasure_count_check CHECK ((count >= 0))
);

ALTER TABLE public.governance_careerasure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_careerasure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_carefigures (
    id bigint NOT NULL,
    month_on date NOT NULL,
    kinds jsonb NOT NULL,
    divisions jsonb NOT NULL,
    counts jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL
);

ALTER TABLE public.governance_carefigures ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_carefigures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_carehelp (
    id bigint NOT NULL,
    what character varying(10) NOT NULL,
    amount_yuan numeric(10,2),
    given_on date NOT NULL,
    given_by character varying(80) NOT NULL,
    note text NOT NULL,
    by_id bigint NOT NULL,
    record_id bigint NOT NULL,
    CONSTRAINT governance_carehelp_amount CHECK (((amount_yuan IS NULL) OR (amount_yuan > (0)::numeric)))
);

ALTER TABLE ONLY public.governance_carehelp FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_carehelp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_carehelp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_careplan (
    id bigint NOT NULL,
    aims text NOT NULL,
    measures text NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint NOT NULL,
    record_id bigint NOT NULL,
    CONSTRAINT governance_careplan_days CHECK ((until_on > from_on))
);

ALTER TABLE ONLY public.governance_careplan FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_careplan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_careplan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_carerecord (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    kind character varying(20) NOT NULL,
    basis character varying(30) NOT NULL,
    purpose character varying(120) NOT NULL,
    starts_on date NOT NULL,
    term_from_on date NOT NULL,
    expires_on date NOT NULL,
    division_code character varying(12) NOT NULL,
    state character varying(8) NOT NULL,
    is_locked boolean NOT NULL,
    next_visit_on date,
    identity_digest character varying(64) NOT NULL,
    closed_on date,
    closing character varying(120) NOT NULL,
    delete_on date,
    is_simulated boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    carer_id bigint,
    made_by_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    CONSTRAINT governance_care_closed_ends CHECK ((((closed_on IS NULL) AND (delete_on IS NULL) AND ((state)::text = 'open'::text)) OR ((closed_on IS NOT NULL) AND (delete_on >= closed_on) AND (next_visit_on IS NULL) AND ((state)::text = 'closed'::text)))),
    CONSTRAINT governance_care_has_basis CHECK (
CASE basis
    WHEN 'correction_control'::text THEN (((kind)::text = 'correction'::text) AND (expires_on <= ((term_from_on + '3 years'::interval))::date) AND (term_from_on = starts_on))
    WHEN 'correction_probation'::text THEN (((kind)::text = 'correction'::text) AND (expires_on <= ((term_from_on + '5 years'::interval))::date) AND (term_from_on = starts_on))
    WHEN 'correction_parole'::text THEN (((kind)::text = 'correction'::text) AND (expires_on <= ((term_from_on + '10 years'::interval))::date) AND (term_from_on = starts_on))
    WHEN 'correction_outside'::text THEN (((kind)::text = 'correction'::text) AND (expires_on <= ((term_from_on + '1 year'::interval))::date))
    WHEN 'aftercare'::text THEN (((kind)::text = 'aftercare'::text) AND (expires_on <= ((term_from_on + '5 years'::interval))::date) AND (term_from_on = starts_on))
    WHEN 'mental_care'::text THEN (((kind)::text = 'mental'::text) AND (expires_on <= ((term_from_on + '1 year'::interval))::date))
    WHEN 'minor_hardship'::text THEN (((kind)::text = 'minors'::text) AND (expires_on <= ((term_from_on + '18 years'::interval))::date) AND (term_from_on = starts_on))
    WHEN 'minor_left_behind'::text THEN (((kind)::text = 'minors'::text) AND (expires_on <= ((term_from_on + '18 years'::interval))::date) AND (term_from_on = starts_on))
    WHEN 'community_detox'::text THEN (((kind)::text = 'rehabilitation'::text) AND (expires_on <= ((term_from_on + '3 years'::interval))::date) AND (term_from_on = starts_on))
    WHEN 'community_recovery'::text THEN (((kind)::text = 'rehabilitation'::text) AND (expires_on <= ((term_from_on + '3 years'::interval))::date) AND (term_from_on = starts_on))
    ELSE false
END),
    CONSTRAINT governance_care_has_expiry CHECK (((expires_on > term_from_on) AND (term_from_on >= starts_on))),
    CONSTRAINT governance_care_has_purpose CHECK ((NOT ((purpose)::text = ''::text)))
);

ALTER TABLE ONLY public.governance_carerecord FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_carerecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_carerecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_caretransfer (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    kind character varying(20) NOT NULL,
    reason character varying(120) NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    answer character varying(120) NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    from_organisation_id bigint NOT NULL,
    record_id bigint NOT NULL,
    to_organisation_id bigint NOT NULL,
    CONSTRAINT governance_caretransfer_moves CHECK ((NOT (from_organisation_id = to_organisation_id)))
);

ALTER TABLE ONLY public.governance_caretransfer FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_caretransfer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_caretransfer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_careunit (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.governance_careunit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_careunit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_careunlock (
    id bigint NOT NULL,
    reason character varying(120) NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    until_at timestamp with time zone,
    refused_at timestamp with time zone,
    approved_by_id bigint,
    record_id bigint NOT NULL,
    requested_by_id bigint NOT NULL,
    CONSTRAINT governance_careunlock_limited CHECK ((((approved_at IS NULL) AND (approved_by_id IS NULL) AND (until_at IS NULL)) OR ((approved_at IS NOT NULL) AND (approved_by_id IS NOT NULL) AND (until_at >= approved_at)))),
    CONSTRAINT governance_careunlock_two_hours CHECK ((until_at <= (approved_at + '02:00:00'::interval))),
    CONSTRAINT governance_careunlock_two_persons CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = requested_by_id) AND (approved_by_id IS NOT NULL)))))
);

ALTER TABLE ONLY public.governance_careunlock FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_careunlock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_careunlock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_carevisit (
    id bigint NOT NULL,
    due_on date,
    visited_on date NOT NULL,
    how character varying(8) NOT NULL,
    is_met boolean NOT NULL,
    note text NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    record_id bigint NOT NULL
);

ALTER TABLE ONLY public.governance_carevisit FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_carevisit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_carevisit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_cataloguedifference (
    id bigint NOT NULL,
    channel_code character varying(20) NOT NULL,
    channel_name character varying(120) NOT NULL,
    kind character varying(16) NOT NULL,
    detail character varying(300) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    explanation character varying(200) NOT NULL,
    explained_at timestamp with time zone,
    explained_by_id bigint,
    source_id bigint NOT NULL
);

ALTER TABLE public.governance_cataloguedifference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_cataloguedifference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_cellduty (
    id bigint NOT NULL,
    cell_code character varying(15) NOT NULL COLLATE pg_catalog."C",
    is_lead boolean NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    account_id bigint NOT NULL,
    CONSTRAINT governance_cell_duty_times CHECK (((until_at IS NULL) OR (until_at > from_at)))
);

ALTER TABLE public.governance_cellduty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_cellduty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_checkpoint (
    id bigint NOT NULL,
    place smallint NOT NULL,
    name character varying(80) NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    radius_m smallint NOT NULL,
    key_place_id bigint,
    plan_id bigint NOT NULL,
    CONSTRAINT governance_checkpoint_place_check CHECK ((place >= 0)),
    CONSTRAINT governance_checkpoint_radius_m_check CHECK ((radius_m >= 0))
);

ALTER TABLE public.governance_checkpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_checkpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_dispute (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    kind character varying(12) NOT NULL,
    matter text NOT NULL,
    division_code character varying(12) NOT NULL,
    state character varying(10) NOT NULL,
    accepted_on date NOT NULL,
    due_on date NOT NULL,
    extended_until_on date,
    agreement text NOT NULL,
    effective_on date,
    confirmation_due_on date,
    confirmed_on date,
    follow_up_due_on date,
    ended_on date,
    ending character varying(120) NOT NULL,
    delete_on date,
    case_number character varying(40) NOT NULL,
    is_simulated boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint NOT NULL,
    mediator_id bigint,
    organisation_id bigint NOT NULL,
    CONSTRAINT governance_dispute_due CHECK ((due_on > accepted_on)),
    CONSTRAINT governance_dispute_ends CHECK ((((delete_on IS NULL) AND (ended_on IS NULL) AND ((state)::text = ANY (ARRAY[('mediating'::character varying)::text, ('agreed'::character varying)::text, ('confirmed'::character varying)::text]))) OR ((delete_on >= ended_on) AND (ended_on IS NOT NULL) AND ((state)::text = ANY (ARRAY[('fulfilled'::character varying)::text, ('failed'::character varying)::text, ('withdrawn'::character varying)::text])))))
);

ALTER TABLE ONLY public.governance_dispute FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_dispute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_dispute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_disputeparty (
    id bigint NOT NULL,
    role character varying(10) NOT NULL,
    name text NOT NULL,
    phone text NOT NULL,
    dispute_id bigint NOT NULL
);

ALTER TABLE ONLY public.governance_disputeparty FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_disputeparty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_disputeparty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_disputestep (
    id bigint NOT NULL,
    what character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    note text NOT NULL,
    by_id bigint NOT NULL,
    dispute_id bigint NOT NULL
);

ALTER TABLE ONLY public.governance_disputestep FORCE ROW LEVEL SECURITY;

ALTER TABLE public.governance_disputestep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_disputestep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_gridcell (
    id bigint NOT NULL,
    code character varying(15) NOT NULL COLLATE pg_catalog."C",
    name character varying(80) NOT NULL,
    kind character varying(10) NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    polygon jsonb NOT NULL,
    west double precision NOT NULL,
    south double precision NOT NULL,
    east double precision NOT NULL,
    north double precision NOT NULL,
    area_m2 double precision NOT NULL,
    households integer,
    people integer,
    is_schematic boolean NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    reason character varying(200) NOT NULL,
    made_by_id bigint,
    CONSTRAINT governance_cell_code_division CHECK (((code)::text ~~ (replace(replace(replace((division_code)::text, '\'::text, '\\'::text), '%'::text, '\%'::text), '_'::text, '\_'::text) || '%'::text))),
    CONSTRAINT governance_cell_code_form CHECK (((code)::text ~ '^[0-9]{15}$'::text)),
    CONSTRAINT governance_cell_times CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
    CONSTRAINT governance_gridcell_households_check CHECK ((households >= 0)),
    CONSTRAINT governance_gridcell_people_check CHECK ((people >= 0))
);

ALTER TABLE public.governance_gridcell ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_gridcell_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_gridcell_parents (
    id bigint NOT NULL,
    from_gridcell_id bigint NOT NULL,
    to_gridcell_id bigint NOT NULL
);

ALTER TABLE public.governance_gridcell_parents ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_gridcell_parents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_groupdispute (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    kind character varying(12) NOT NULL,
    place character varying(80) NOT NULL,
    division_code character varying(12) NOT NULL,
    matter character varying(300) NOT NULL,
    size character varying(8) NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    settled_on date,
    case_number character varying(40) NOT NULL,
    is_simulated boolean NOT NULL,
    made_by_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.governance_groupdispute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_groupdispute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_groupdisputestep (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    measure character varying(300) NOT NULL,
    by_id bigint NOT NULL,
    event_id bigint NOT NULL
);

ALTER TABLE public.governance_groupdisputestep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_groupdisputestep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_inspection (
    id bigint NOT NULL,
    key character varying(60) NOT NULL,
    cell_code character varying(15) NOT NULL COLLATE pg_catalog."C",
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    checklist character varying(40) NOT NULL,
    answers jsonb NOT NULL,
    lon double precision,
    lat double precision,
    note character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    account_id bigint,
    key_place_id bigint,
    CONSTRAINT governance_inspection_somewhere CHECK (((key_place_id IS NOT NULL) OR (NOT ((cell_code)::text = ''::text))))
);

ALTER TABLE public.governance_inspection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_inspection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_inspectionfinding (
    id bigint NOT NULL,
    item character varying(40) NOT NULL,
    text character varying(200) NOT NULL,
    is_grave boolean NOT NULL,
    case_number character varying(32) NOT NULL,
    fixed_at timestamp with time zone,
    inspection_id bigint NOT NULL
);

ALTER TABLE public.governance_inspectionfinding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_inspectionfinding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_keyplace (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(12) NOT NULL,
    level smallint NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    address character varying(200) NOT NULL,
    inspect_every_days smallint NOT NULL,
    checklist character varying(40) NOT NULL,
    is_in_use boolean NOT NULL,
    is_simulated boolean NOT NULL,
    CONSTRAINT governance_keyplace_inspect_every_days_check CHECK ((inspect_every_days >= 0)),
    CONSTRAINT governance_keyplace_level_check CHECK ((level >= 0))
);

ALTER TABLE public.governance_keyplace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_keyplace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_keypoint (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(10) NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    is_schematic boolean NOT NULL
);

ALTER TABLE public.governance_keypoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_keypoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_patrol (
    id bigint NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    length_m double precision NOT NULL,
    coverage double precision,
    reached jsonb NOT NULL,
    track_points integer NOT NULL,
    delete_track_on date NOT NULL,
    track_deleted_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    account_id bigint NOT NULL,
    plan_id bigint NOT NULL,
    CONSTRAINT governance_patrol_times CHECK (((ended_at IS NULL) OR (ended_at >= started_at))),
    CONSTRAINT governance_patrol_track_points_check CHECK ((track_points >= 0))
);

ALTER TABLE public.governance_patrol ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_patrol_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_patrolplan (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    cell_codes character varying(15)[] NOT NULL,
    a_week smallint NOT NULL,
    minutes smallint NOT NULL,
    is_in_use boolean NOT NULL,
    is_simulated boolean NOT NULL,
    CONSTRAINT governance_patrolplan_a_week_check CHECK ((a_week >= 0)),
    CONSTRAINT governance_patrolplan_minutes_check CHECK ((minutes >= 0))
);

ALTER TABLE public.governance_patrolplan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_patrolplan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_post (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(12) NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    division_code character varying(12) NOT NULL COLLATE pg_catalog."C",
    strength smallint NOT NULL,
    reach_m integer NOT NULL,
    is_in_use boolean NOT NULL,
    is_simulated boolean NOT NULL,
    CONSTRAINT governance_post_reach_m_check CHECK ((reach_m >= 0)),
    CONSTRAINT governance_post_strength_check CHECK ((strength >= 0))
);

ALTER TABLE public.governance_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_programkey (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    digest character varying(64) NOT NULL,
    is_in_use boolean NOT NULL,
    is_simulator boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

ALTER TABLE public.governance_programkey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_programkey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_reading (
    id bigint NOT NULL,
    text text NOT NULL,
    code character varying(40) NOT NULL,
    confidence double precision NOT NULL,
    unit character varying(40) NOT NULL,
    right_code character varying(40) NOT NULL,
    right_unit character varying(40) NOT NULL,
    read_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    by_id bigint,
    case_id bigint NOT NULL
);

ALTER TABLE public.governance_reading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_reading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_refusedrow (
    id bigint NOT NULL,
    "row" integer NOT NULL,
    field character varying(40) NOT NULL,
    value character varying(300) NOT NULL,
    rule character varying(40) NOT NULL,
    text character varying(300) NOT NULL,
    "values" jsonb NOT NULL,
    batch_id bigint NOT NULL,
    CONSTRAINT governance_refusedrow_row_check CHECK (("row" >= 0))
);

ALTER TABLE public.governance_refusedrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_refusedrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_reportimport (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    opened integer NOT NULL,
    repeated integer NOT NULL,
    by_id bigint NOT NULL,
    CONSTRAINT governance_reportimport_opened_check CHECK ((opened >= 0)),
    CONSTRAINT governance_reportimport_repeated_check CHECK ((repeated >= 0))
);

ALTER TABLE public.governance_reportimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_reportimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_shift (
    id bigint NOT NULL,
    cell_code character varying(15) NOT NULL COLLATE pg_catalog."C",
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    note character varying(120) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    account_id bigint NOT NULL,
    made_by_id bigint,
    post_id bigint,
    CONSTRAINT governance_shift_one_place CHECK ((((post_id IS NOT NULL) OR (NOT ((cell_code)::text = ''::text))) AND (1 = (
CASE
    WHEN (post_id IS NOT NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (NOT ((cell_code)::text = ''::text)) THEN 1
    ELSE 0
END)))),
    CONSTRAINT governance_shift_times CHECK ((ends_at > starts_at))
);

ALTER TABLE public.governance_shift ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_shift_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_trackpoint (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    accuracy_m double precision,
    patrol_id bigint NOT NULL
);

ALTER TABLE public.governance_trackpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_trackpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_trend (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    "on" date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    result jsonb NOT NULL
);

ALTER TABLE public.governance_trend ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_trend_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_videoalarm (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    channel_code character varying(20) NOT NULL,
    priority smallint NOT NULL,
    method character varying(4) NOT NULL,
    kind character varying(8) NOT NULL,
    zh character varying(40) NOT NULL,
    description character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    alarm_id bigint,
    camera_id bigint,
    device_id bigint NOT NULL,
    CONSTRAINT governance_videoalarm_priority_check CHECK ((priority >= 0))
);

ALTER TABLE public.governance_videoalarm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_videoalarm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_videogrant (
    id bigint NOT NULL,
    purpose character varying(200) NOT NULL,
    legal_basis character varying(200) NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decision character varying(200) NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    organisation_id bigint NOT NULL,
    CONSTRAINT grant_ends_after_it_begins CHECK ((until_on >= from_on)),
    CONSTRAINT grant_of_two_people CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL)))))
);

CREATE TABLE public.governance_videogrant_cameras (
    id bigint NOT NULL,
    videogrant_id bigint NOT NULL,
    camera_id bigint NOT NULL
);

ALTER TABLE public.governance_videogrant_cameras ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_videogrant_cameras_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.governance_videogrant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_videogrant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_videosource (
    device_id bigint NOT NULL,
    is_registered boolean NOT NULL,
    state_at timestamp with time zone,
    lost_reason character varying(40) NOT NULL,
    remote character varying(64) NOT NULL,
    transport character varying(8) NOT NULL,
    agent character varying(80) NOT NULL,
    manufacturer character varying(80) NOT NULL,
    model character varying(80) NOT NULL,
    firmware character varying(80) NOT NULL,
    catalogue_at timestamp with time zone,
    catalogue_total integer,
    catalogue_received integer,
    catalogue_trouble character varying(40) NOT NULL,
    CONSTRAINT governance_videosource_catalogue_received_check CHECK ((catalogue_received >= 0)),
    CONSTRAINT governance_videosource_catalogue_total_check CHECK ((catalogue_total >= 0))
);

CREATE TABLE public.governance_viewing (
    id bigint NOT NULL,
    purpose character varying(200) NOT NULL,
    result character varying(10) NOT NULL,
    reason character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    until_at timestamp with time zone,
    account_id bigint NOT NULL,
    camera_id bigint NOT NULL,
    grant_id bigint,
    organisation_id bigint
);

ALTER TABLE public.governance_viewing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_viewing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.governance_visits (
    id bigint NOT NULL,
    mark character varying(120) NOT NULL,
    span bigint NOT NULL,
    count integer NOT NULL,
    CONSTRAINT governance_visits_count_check CHECK ((count >= 0))
);

ALTER TABLE public.governance_visits ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_visits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_client (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    system_name character varying(120) NOT NULL,
    contact character varying(80) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    secret_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    application_id bigint NOT NULL,
    created_by_id bigint,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.grants_client ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_client_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_clientevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    system_name character varying(120) NOT NULL,
    contact character varying(80) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    secret_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    application_id bigint NOT NULL,
    created_by_id bigint,
    organisation_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);

ALTER TABLE public.grants_clientevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_clientevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_export (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    kind character varying(8) NOT NULL,
    rows bigint NOT NULL,
    bytes bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    work bigint,
    made_at timestamp with time zone,
    expires_at timestamp with time zone,
    problem character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    grant_id bigint NOT NULL
);

ALTER TABLE public.grants_export ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_export_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_grant (
    id bigint NOT NULL,
    number character varying(30) NOT NULL,
    items jsonb NOT NULL,
    plain jsonb NOT NULL,
    masks jsonb NOT NULL,
    divisions jsonb NOT NULL,
    conditions jsonb NOT NULL,
    purpose character varying(200) NOT NULL,
    ground character varying(300) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    requests_per_minute integer,
    requests_per_day integer,
    rows_per_day integer,
    state character varying(10) NOT NULL,
    state_at timestamp with time zone NOT NULL,
    state_reason character varying(300) NOT NULL,
    revision integer NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    client_id bigint,
    granted_by_id bigint,
    grantee_id bigint NOT NULL,
    resource_id bigint NOT NULL,
    request_id bigint,
    CONSTRAINT grants_grant_has_a_term CHECK ((ends_at > starts_at)),
    CONSTRAINT grants_grant_requests_per_day_check CHECK ((requests_per_day >= 0)),
    CONSTRAINT grants_grant_requests_per_minute_check CHECK ((requests_per_minute >= 0)),
    CONSTRAINT grants_grant_revision_check CHECK ((revision >= 0)),
    CONSTRAINT grants_grant_rows_per_day_check CHECK ((rows_per_day >= 0))
);

ALTER TABLE public.grants_grant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_grant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_grantevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    number character varying(30) NOT NULL,
    items jsonb NOT NULL,
    plain jsonb NOT NULL,
    masks jsonb NOT NULL,
    divisions jsonb NOT NULL,
    conditions jsonb NOT NULL,
    purpose character varying(200) NOT NULL,
    ground character varying(300) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    requests_per_minute integer,
    requests_per_day integer,
    rows_per_day integer,
    state character varying(10) NOT NULL,
    state_at timestamp with time zone NOT NULL,
    state_reason character varying(300) NOT NULL,
    revision integer NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    client_id bigint,
    granted_by_id bigint,
    grantee_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    resource_id bigint NOT NULL,
    request_id bigint,
    CONSTRAINT grants_grantevent_requests_per_day_check CHECK ((requests_per_day >= 0)),
    CONSTRAINT grants_grantevent_requests_per_minute_check CHECK ((requests_per_minute >= 0)),
    CONSTRAINT grants_grantevent_revision_check CHECK ((revision >= 0)),
    CONSTRAINT grants_grantevent_rows_per_day_check CHECK ((rows_per_day >= 0))
);

ALTER TABLE public.grants_grantevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_grantevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_need (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    met_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    account_id bigint NOT NULL,
    holder_id bigint,
    organisation_id bigint NOT NULL,
    resource_id bigint
);

ALTER TABLE public.grants_need ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_need_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_objection (
    id bigint NOT NULL,
    number character varying(30) NOT NULL,
    by_citizen uuid,
    contact text NOT NULL,
    text text NOT NULL,
    records integer NOT NULL,
    state character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    answer text NOT NULL,
    is_simulated boolean NOT NULL,
    account_id bigint,
    answered_by_id bigint,
    grant_id bigint,
    organisation_id bigint,
    resource_id bigint NOT NULL,
    CONSTRAINT grants_objection_records_check CHECK ((records >= 0))
);

ALTER TABLE public.grants_objection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_objection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_objectionevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    number character varying(30) NOT NULL,
    by_citizen uuid,
    text text NOT NULL,
    records integer NOT NULL,
    state character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    answer text NOT NULL,
    is_simulated boolean NOT NULL,
    account_id bigint,
    answered_by_id bigint,
    grant_id bigint,
    organisation_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    resource_id bigint NOT NULL,
    CONSTRAINT grants_objectionevent_records_check CHECK ((records >= 0))
);

ALTER TABLE public.grants_objectionevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_objectionevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_request (
    id bigint NOT NULL,
    number character varying(30) NOT NULL,
    items jsonb NOT NULL,
    divisions jsonb NOT NULL,
    matter_code character varying(60) NOT NULL,
    matter character varying(120) NOT NULL,
    ground character varying(300) NOT NULL,
    purpose character varying(200) NOT NULL,
    scene text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    frequency character varying(120) NOT NULL,
    receiving_system character varying(120) NOT NULL,
    security_level character varying(20) NOT NULL,
    contact character varying(80) NOT NULL,
    state character varying(12) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    accepted_at timestamp with time zone,
    due_at timestamp with time zone,
    decided_at timestamp with time zone,
    reason character varying(300) NOT NULL,
    reminded_at timestamp with time zone,
    supervised_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    account_id bigint NOT NULL,
    case_id bigint,
    decided_by_id bigint,
    organisation_id bigint NOT NULL,
    resource_id bigint NOT NULL,
    CONSTRAINT grants_request_ends_after_it_starts CHECK ((ends_on >= starts_on))
);

ALTER TABLE public.grants_request ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_requestevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    number character varying(30) NOT NULL,
    items jsonb NOT NULL,
    divisions jsonb NOT NULL,
    matter_code character varying(60) NOT NULL,
    matter character varying(120) NOT NULL,
    ground character varying(300) NOT NULL,
    purpose character varying(200) NOT NULL,
    scene text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    frequency character varying(120) NOT NULL,
    receiving_system character varying(120) NOT NULL,
    security_level character varying(20) NOT NULL,
    contact character varying(80) NOT NULL,
    state character varying(12) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    accepted_at timestamp with time zone,
    due_at timestamp with time zone,
    decided_at timestamp with time zone,
    reason character varying(300) NOT NULL,
    reminded_at timestamp with time zone,
    supervised_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    account_id bigint NOT NULL,
    case_id bigint,
    decided_by_id bigint,
    organisation_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    resource_id bigint NOT NULL
);

ALTER TABLE public.grants_requestevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_requestevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_seal (
    seq bigint NOT NULL,
    previous character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    use_id bigint NOT NULL
);

CREATE UNLOGGED TABLE public.grants_spent (
    grant_id bigint NOT NULL,
    day date NOT NULL,
    day_requests integer NOT NULL,
    day_rows bigint NOT NULL,
    minute timestamp with time zone NOT NULL,
    minute_requests integer NOT NULL
);

CREATE TABLE public.grants_use (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    channel character varying(10) NOT NULL,
    resource_id bigint NOT NULL,
    resource character varying(120) NOT NULL,
    grant_id bigint,
    number character varying(40) NOT NULL,
    organisation_id bigint,
    organisation character varying(80) NOT NULL,
    who character varying(120) NOT NULL,
    account_id bigint,
    client_id bigint,
    purpose character varying(200) NOT NULL,
    items jsonb NOT NULL,
    filter jsonb NOT NULL,
    rows bigint NOT NULL,
    subjects integer NOT NULL,
    subjects_digest character varying(64) NOT NULL,
    address character varying(45) NOT NULL
);

ALTER TABLE public.grants_use ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_use_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grants_usesubjects (
    id bigint NOT NULL,
    hashes uuid[] NOT NULL,
    use_id bigint NOT NULL
);

ALTER TABLE public.grants_usesubjects ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.grants_usesubjects_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.jobs_heartbeat (
    name character varying(60) NOT NULL,
    at timestamp with time zone NOT NULL,
    note character varying(200) NOT NULL
);

CREATE TABLE public.jobs_workprogress (
    id bigint NOT NULL,
    job character varying(200) NOT NULL,
    arguments jsonb NOT NULL,
    state character varying(10) NOT NULL,
    total bigint,
    done bigint NOT NULL,
    message character varying(500) NOT NULL,
    checkpoint jsonb,
    is_stop_asked boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    started_by_id bigint
);

ALTER TABLE public.jobs_workprogress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.jobs_workprogress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.kpis_kpimeasurement (
    id bigint NOT NULL,
    system character varying(40) NOT NULL,
    key character varying(60) NOT NULL,
    "on" date NOT NULL,
    at timestamp with time zone NOT NULL,
    value double precision,
    target double precision NOT NULL,
    verdict character varying(10) NOT NULL,
    parts jsonb NOT NULL,
    note character varying(500) NOT NULL
);

ALTER TABLE public.kpis_kpimeasurement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kpis_kpimeasurement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oauth2_provider_accesstoken (
    id bigint NOT NULL,
    token text NOT NULL,
    expires timestamp with time zone NOT NULL,
    scope text NOT NULL,
    application_id bigint,
    user_id bigint,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    source_refresh_token_id bigint,
    id_token_id bigint,
    token_checksum character varying(64) NOT NULL,
    resource jsonb NOT NULL
);

ALTER TABLE public.oauth2_provider_accesstoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_accesstoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oauth2_provider_application (
    id bigint NOT NULL,
    client_id character varying(255) NOT NULL,
    redirect_uris text NOT NULL,
    client_type character varying(32) NOT NULL,
    authorization_grant_type character varying(44) NOT NULL,
    client_secret character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    user_id bigint,
    skip_authorization boolean NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    algorithm character varying(5) NOT NULL,
    post_logout_redirect_uris text NOT NULL,
    hash_client_secret boolean NOT NULL,
    allowed_origins text NOT NULL,
    registration_source character varying(32) NOT NULL,
    cimd_expires_at timestamp with time zone
);

ALTER TABLE public.oauth2_provider_application ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oauth2_provider_devicegrant (
    id bigint NOT NULL,
    device_code character varying(100) NOT NULL,
    user_code character varying(100) NOT NULL,
    scope text NOT NULL,
    "interval" integer NOT NULL,
    expires timestamp with time zone NOT NULL,
    status character varying(64) NOT NULL,
    client_id character varying(100) NOT NULL,
    last_checked timestamp with time zone NOT NULL,
    user_id bigint
);

ALTER TABLE public.oauth2_provider_devicegrant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_devicegrant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oauth2_provider_grant (
    id bigint NOT NULL,
    code character varying(255) NOT NULL,
    expires timestamp with time zone NOT NULL,
    redirect_uri text NOT NULL,
    scope text NOT NULL,
    application_id bigint NOT NULL,
    user_id bigint NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    code_challenge character varying(128) NOT NULL,
    code_challenge_method character varying(10) NOT NULL,
    nonce character varying(255) NOT NULL,
    claims text NOT NULL,
    resource jsonb NOT NULL
);

ALTER TABLE public.oauth2_provider_grant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_grant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oauth2_provider_idtoken (
    id bigint NOT NULL,
    jti uuid NOT NULL,
    expires timestamp with time zone NOT NULL,
    scope text NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    application_id bigint,
    user_id bigint
);

ALTER TABLE public.oauth2_provider_idtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_idtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oauth2_provider_refreshtoken (
    id bigint NOT NULL,
    token text NOT NULL,
    access_token_id bigint,
    application_id bigint NOT NULL,
    user_id bigint NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    revoked timestamp with time zone,
    token_family uuid,
    token_checksum character varying(64) NOT NULL,
    resource jsonb NOT NULL
);

ALTER TABLE public.oauth2_provider_refreshtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_refreshtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_attribute (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    value text NOT NULL,
    first_at timestamp with time zone NOT NULL,
    source_at timestamp with time zone NOT NULL,
    is_current boolean NOT NULL,
    party_id bigint NOT NULL,
    source_id bigint NOT NULL,
    mark character varying(64) NOT NULL
);

ALTER TABLE public.parties_attribute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_attribute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_candidate (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    probability double precision NOT NULL,
    weight double precision NOT NULL,
    explanation jsonb NOT NULL,
    state character varying(8) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    note character varying(300) NOT NULL,
    decided_by_id bigint,
    left_id bigint NOT NULL,
    right_id bigint NOT NULL,
    CONSTRAINT parties_candidate_in_order CHECK ((left_id < right_id))
);

ALTER TABLE public.parties_candidate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_candidate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_merge (
    id bigint NOT NULL,
    reason character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    undo_reason character varying(300) NOT NULL,
    by_id bigint,
    undone_by_id bigint,
    gone_id bigint NOT NULL,
    kept_id bigint NOT NULL
);

ALTER TABLE public.parties_merge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_merge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_name (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    kind character varying(8) NOT NULL,
    first_at timestamp with time zone NOT NULL,
    source_at timestamp with time zone NOT NULL,
    until_on date,
    is_current boolean NOT NULL,
    party_id bigint NOT NULL,
    source_id bigint NOT NULL
);

ALTER TABLE public.parties_name ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_name_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_number (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    sealed text NOT NULL,
    digest bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    party_id bigint NOT NULL
);

ALTER TABLE public.parties_number ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_number_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_objection (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    text character varying(500) NOT NULL,
    state character varying(10) NOT NULL,
    filed_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    answer character varying(500) NOT NULL,
    decided_by_id bigint,
    filed_by_id bigint NOT NULL,
    party_id bigint NOT NULL
);

ALTER TABLE public.parties_objection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_objection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_party (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(200) NOT NULL,
    division_code character varying(12) NOT NULL,
    is_simulated boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    merged_into_id bigint,
    root_id bigint NOT NULL,
    CONSTRAINT parties_not_into_itself CHECK ((NOT ((merged_into_id = id) AND (merged_into_id IS NOT NULL))))
);

ALTER TABLE public.parties_party ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_party_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_precedence (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    rank smallint NOT NULL,
    source_id bigint NOT NULL,
    CONSTRAINT parties_precedence_rank_check CHECK ((rank >= 0))
);

ALTER TABLE public.parties_precedence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_precedence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_precedenceevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    rank smallint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    source_id bigint NOT NULL,
    CONSTRAINT parties_precedenceevent_rank_check CHECK ((rank >= 0))
);

ALTER TABLE public.parties_precedenceevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_precedenceevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_relation (
    id bigint NOT NULL,
    kind character varying(24) NOT NULL,
    from_on date,
    until_on date,
    source_at timestamp with time zone NOT NULL,
    other_id bigint NOT NULL,
    party_id bigint NOT NULL,
    source_id bigint NOT NULL,
    CONSTRAINT parties_relation_of_two CHECK ((NOT (party_id = other_id)))
);

ALTER TABLE public.parties_relation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_relation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_source (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    title character varying(160) NOT NULL,
    rank smallint NOT NULL,
    legal_ground character varying(300) NOT NULL,
    purpose character varying(200) NOT NULL,
    keep_days integer NOT NULL,
    resource_id bigint,
    CONSTRAINT parties_source_keep_days_check CHECK ((keep_days >= 0)),
    CONSTRAINT parties_source_rank_check CHECK ((rank >= 0))
);

ALTER TABLE public.parties_source ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_source_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_sourceevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    title character varying(160) NOT NULL,
    rank smallint NOT NULL,
    legal_ground character varying(300) NOT NULL,
    purpose character varying(200) NOT NULL,
    keep_days integer NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    resource_id bigint,
    CONSTRAINT parties_sourceevent_keep_days_check CHECK ((keep_days >= 0)),
    CONSTRAINT parties_sourceevent_rank_check CHECK ((rank >= 0))
);

ALTER TABLE public.parties_sourceevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_sourceevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_split (
    id bigint NOT NULL,
    moved jsonb NOT NULL,
    reason character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    undo_reason character varying(300) NOT NULL,
    by_id bigint,
    made_id bigint NOT NULL,
    party_id bigint NOT NULL,
    undone_by_id bigint
);

ALTER TABLE public.parties_split ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_split_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties_taken (
    id bigint NOT NULL,
    version integer NOT NULL,
    files jsonb NOT NULL,
    rows bigint NOT NULL,
    refused jsonb NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    resource_id bigint NOT NULL,
    CONSTRAINT parties_taken_version_check CHECK ((version >= 0))
);

ALTER TABLE public.parties_taken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.parties_taken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_account (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    username character varying(40) NOT NULL,
    name character varying(40) NOT NULL,
    phone text NOT NULL,
    email character varying(254) NOT NULL,
    status character varying(10) NOT NULL,
    joined_on date NOT NULL,
    left_on date,
    must_change_password boolean NOT NULL,
    password_changed_at timestamp with time zone,
    language character varying(10) NOT NULL,
    theme character varying(5) NOT NULL,
    is_demo boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    organisation_id bigint,
    until_at timestamp with time zone
);

ALTER TABLE public.people_account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_accountevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    username character varying(40) NOT NULL,
    name character varying(40) NOT NULL,
    phone text NOT NULL,
    email character varying(254) NOT NULL,
    status character varying(10) NOT NULL,
    joined_on date NOT NULL,
    left_on date,
    must_change_password boolean NOT NULL,
    password_changed_at timestamp with time zone,
    language character varying(10) NOT NULL,
    theme character varying(5) NOT NULL,
    is_demo boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    organisation_id bigint,
    until_at timestamp with time zone
);

ALTER TABLE public.people_accountevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_accountevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_auditcheck (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    since bigint NOT NULL,
    rows bigint NOT NULL,
    head character varying(64) NOT NULL,
    anchors integer NOT NULL,
    broken_at bigint,
    problem character varying(20) NOT NULL,
    took_ms integer NOT NULL,
    by_id bigint,
    CONSTRAINT people_auditcheck_anchors_check CHECK ((anchors >= 0)),
    CONSTRAINT people_auditcheck_took_ms_check CHECK ((took_ms >= 0))
);

ALTER TABLE public.people_auditcheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_auditcheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_auditentry (
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    username character varying(40) NOT NULL,
    organisation character varying(80) NOT NULL,
    address character varying(45) NOT NULL,
    action character varying(40) NOT NULL,
    subject_kind character varying(60) NOT NULL,
    subject character varying(120) NOT NULL,
    purpose character varying(200) NOT NULL,
    fields jsonb NOT NULL,
    result character varying(40) NOT NULL,
    previous character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    account_id bigint
);

CREATE TABLE public.people_duty (
    id bigint NOT NULL,
    role character varying(80) NOT NULL,
    scope character varying(10) NOT NULL,
    from_on date NOT NULL,
    until_on date,
    granted_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    account_id bigint NOT NULL,
    ended_by_id bigint,
    granted_by_id bigint,
    organisation_id bigint NOT NULL,
    CONSTRAINT people_duty_days CHECK (((until_on IS NULL) OR (until_on >= from_on)))
);

ALTER TABLE public.people_duty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_duty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_dutyevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    role character varying(80) NOT NULL,
    scope character varying(10) NOT NULL,
    from_on date NOT NULL,
    until_on date,
    granted_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    account_id bigint NOT NULL,
    ended_by_id bigint,
    granted_by_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.people_dutyevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_dutyevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_lifestep (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    reason character varying(200) NOT NULL,
    account_id bigint NOT NULL,
    by_id bigint,
    organisation_id bigint
);

ALTER TABLE public.people_lifestep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_lifestep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_organisation (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(80) NOT NULL,
    en character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    path character varying(255) NOT NULL COLLATE pg_catalog."C",
    division_code character varying(12) NOT NULL,
    "order" integer NOT NULL,
    is_demo boolean NOT NULL,
    parent_id bigint,
    uscc character varying(18) NOT NULL,
    CONSTRAINT people_organisation_code_form CHECK (((code)::text ~ '^[a-z0-9_]+$'::text)),
    CONSTRAINT people_organisation_division_form CHECK (((division_code)::text ~ '^([0-9]{6}([0-9]{3}([0-9]{3})?)?)?$'::text)),
    CONSTRAINT people_organisation_order_check CHECK (("order" >= 0)),
    CONSTRAINT people_organisation_uscc_form CHECK (((uscc)::text ~ '^([0123456789ABCDEFGHJKLMNPQRTUWXY]{2}\d{6}[0123456789ABCDEFGHJKLMNPQRTUWXY]{10})?$'::text))
);

ALTER TABLE public.people_organisation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_organisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_organisationevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(80) NOT NULL,
    en character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    path character varying(255) NOT NULL COLLATE pg_catalog."C",
    division_code character varying(12) NOT NULL,
    "order" integer NOT NULL,
    is_demo boolean NOT NULL,
    parent_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    uscc character varying(18) NOT NULL,
    CONSTRAINT people_organisationevent_order_check CHECK (("order" >= 0))
);

ALTER TABLE public.people_organisationevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_organisationevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_pastpassword (
    id bigint NOT NULL,
    encoded character varying(256) NOT NULL,
    set_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL
);

ALTER TABLE public.people_pastpassword ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_pastpassword_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_signin (
    id bigint NOT NULL,
    session_key character varying(40) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    "end" character varying(12) NOT NULL,
    address inet,
    browser character varying(200) NOT NULL,
    account_id bigint NOT NULL
);

ALTER TABLE public.people_signin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_signin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.pghistory_context (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    metadata jsonb NOT NULL
);

CREATE TABLE public.places_address (
    id bigint NOT NULL,
    text character varying(200) NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    cell character varying(16) NOT NULL,
    source character varying(40) NOT NULL,
    division_id character varying(12) NOT NULL
);

ALTER TABLE public.places_address ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.places_address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.places_division (
    code character varying(12) NOT NULL,
    name character varying(60) NOT NULL,
    level character varying(10) NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    polygon jsonb,
    is_schematic boolean NOT NULL,
    area_m2 double precision,
    updated_at timestamp with time zone NOT NULL,
    parent_id character varying(12),
    CONSTRAINT places_division_code_form CHECK (((code)::text ~ '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$'::text))
);

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_acceptance (
    id bigint NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    run_id bigint NOT NULL,
    test_by_id bigint NOT NULL,
    CONSTRAINT acceptance_needs_two CHECK ((NOT (asked_by_id = decided_by_id)))
);

ALTER TABLE public.programme_acceptance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_acceptance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_acceptanceitem (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    title character varying(160) NOT NULL,
    kind character varying(14) NOT NULL,
    asks jsonb NOT NULL,
    is_required boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    agreed_by_id bigint,
    made_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT item_needs_two CHECK (((agreed_by_id IS NULL) OR (NOT ((agreed_by_id = made_by_id) AND (agreed_by_id IS NOT NULL))))),
    CONSTRAINT programme_acceptanceitem_order_check CHECK (("order" >= 0))
);

ALTER TABLE public.programme_acceptanceitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_acceptanceitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_acceptancerun (
    id bigint NOT NULL,
    key uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    took_ms integer NOT NULL,
    results jsonb NOT NULL,
    is_passed boolean NOT NULL,
    previous character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT programme_acceptancerun_took_ms_check CHECK ((took_ms >= 0))
);

ALTER TABLE public.programme_acceptancerun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_acceptancerun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_agendaitem (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    title character varying(200) NOT NULL,
    source character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    minutes text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    decided_by_id bigint,
    decision_id bigint,
    made_by_id bigint,
    meeting_id bigint NOT NULL,
    task_id bigint,
    unit_id bigint,
    CONSTRAINT agenda_decided_by_another CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = made_by_id) AND (decided_by_id IS NOT NULL) AND (made_by_id IS NOT NULL))))),
    CONSTRAINT programme_agendaitem_order_check CHECK (("order" >= 0))
);

ALTER TABLE public.programme_agendaitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_agendaitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_answercheck (
    id bigint NOT NULL,
    is_enough boolean NOT NULL,
    words text NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    answered_by_id bigint,
    case_id bigint NOT NULL,
    checked_by_id bigint NOT NULL,
    CONSTRAINT answer_two_persons CHECK ((NOT ((checked_by_id = answered_by_id) AND (answered_by_id IS NOT NULL))))
);

ALTER TABLE public.programme_answercheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_answercheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_appraisal (
    id bigint NOT NULL,
    facts jsonb NOT NULL,
    points jsonb NOT NULL,
    score double precision,
    reckoned_at timestamp with time zone NOT NULL,
    objection_id bigint,
    unit_id bigint NOT NULL,
    year_id bigint NOT NULL
);

ALTER TABLE public.programme_appraisal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_appraisal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_appraisalyear (
    id bigint NOT NULL,
    year smallint NOT NULL,
    weights jsonb NOT NULL,
    state character varying(10) NOT NULL,
    published_at timestamp with time zone,
    shown_at timestamp with time zone,
    object_until date,
    final_at timestamp with time zone,
    digest character varying(64) NOT NULL,
    is_simulated boolean NOT NULL,
    final_by_id bigint,
    published_by_id bigint,
    CONSTRAINT appraisal_final_by_another CHECK (((final_by_id IS NULL) OR (NOT ((final_by_id = published_by_id) AND (final_by_id IS NOT NULL) AND (published_by_id IS NOT NULL))))),
    CONSTRAINT programme_appraisalyear_year_check CHECK ((year >= 0))
);

ALTER TABLE public.programme_appraisalyear ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_appraisalyear_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_article (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    title character varying(80) NOT NULL,
    summary character varying(200) NOT NULL,
    text text NOT NULL,
    category character varying(10) NOT NULL,
    source character varying(60) NOT NULL,
    picture_words character varying(120) NOT NULL,
    approved_by_id bigint,
    made_by_id bigint NOT NULL,
    picture_id bigint,
    CONSTRAINT article_needs_two CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = made_by_id) AND (approved_by_id IS NOT NULL))))),
    CONSTRAINT article_published_by_another CHECK (((NOT ((state)::text = 'published'::text)) OR ((approved_by_id IS NOT NULL) AND (published_at IS NOT NULL))))
);

ALTER TABLE public.programme_article ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_articleday (
    id bigint NOT NULL,
    day date NOT NULL,
    way character varying(6) NOT NULL,
    views integer NOT NULL,
    article_id bigint NOT NULL,
    CONSTRAINT programme_articleday_views_check CHECK ((views >= 0))
);

ALTER TABLE public.programme_articleday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_articleday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_assetfiling (
    id bigint NOT NULL,
    level smallint NOT NULL,
    number character varying(40) NOT NULL,
    filed_on date,
    evaluated_on date,
    crypto_evaluated_on date,
    evaluator character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    confirmed_by_id bigint,
    file_id bigint,
    made_by_id bigint NOT NULL,
    asset_id bigint NOT NULL,
    CONSTRAINT filing_level CHECK (((level >= 1) AND (level <= 5))),
    CONSTRAINT filing_needs_two CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = made_by_id) AND (confirmed_by_id IS NOT NULL))))),
    CONSTRAINT programme_assetfiling_level_check CHECK ((level >= 0))
);

ALTER TABLE public.programme_assetfiling ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_assetfiling_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_attendance (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    note character varying(200) NOT NULL,
    answered_at timestamp with time zone,
    meeting_id bigint NOT NULL,
    unit_id bigint NOT NULL
);

ALTER TABLE public.programme_attendance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_attendance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_bid (
    id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    points double precision,
    invalid_reason character varying(200) NOT NULL,
    firm_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    procurement_id bigint NOT NULL,
    CONSTRAINT bid_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT programme_bid_amount_fen_check CHECK ((amount_fen >= 0))
);

ALTER TABLE public.programme_bid ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_bid_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_bidobjection (
    id bigint NOT NULL,
    text text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    case_id bigint,
    firm_id bigint NOT NULL,
    procurement_id bigint NOT NULL
);

ALTER TABLE public.programme_bidobjection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_bidobjection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_briefing (
    id bigint NOT NULL,
    month date NOT NULL,
    edition smallint NOT NULL,
    facts jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    document_id bigint NOT NULL,
    made_by_id bigint,
    slides_id bigint NOT NULL,
    CONSTRAINT programme_briefing_edition_check CHECK ((edition >= 0))
);

ALTER TABLE public.programme_briefing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_briefing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_budgetchange (
    id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    reason character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    line_id bigint NOT NULL,
    CONSTRAINT budget_change_is_decided CHECK ((((state)::text = 'asked'::text) OR (decided_by_id IS NOT NULL))),
    CONSTRAINT budget_change_is_money CHECK ((NOT (amount_fen = 0))),
    CONSTRAINT budget_change_needs_two CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_budgetchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_budgetchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_budgetline (
    id bigint NOT NULL,
    code character varying(24) NOT NULL,
    title character varying(120) NOT NULL,
    source character varying(10) NOT NULL,
    amount_fen bigint NOT NULL,
    basis character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    lapsed_fen bigint NOT NULL,
    carried_fen bigint NOT NULL,
    is_simulated boolean NOT NULL,
    asked_by_id bigint NOT NULL,
    carried_from_id bigint,
    decided_by_id bigint,
    project_id bigint,
    unit_id bigint NOT NULL,
    year_id bigint NOT NULL,
    CONSTRAINT budget_line_is_decided CHECK ((((state)::text = 'asked'::text) OR (decided_by_id IS NOT NULL))),
    CONSTRAINT budget_line_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT budget_line_needs_two CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT programme_budgetline_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT programme_budgetline_carried_fen_check CHECK ((carried_fen >= 0)),
    CONSTRAINT programme_budgetline_lapsed_fen_check CHECK ((lapsed_fen >= 0))
);

ALTER TABLE public.programme_budgetline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_budgetline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_certificate (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    code character varying(8) NOT NULL,
    issued_on date NOT NULL,
    until_on date NOT NULL,
    revoked_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    account_id bigint NOT NULL,
    revoked_by_id bigint,
    sitting_id bigint NOT NULL,
    CONSTRAINT certificate_days CHECK ((until_on > issued_on)),
    CONSTRAINT certificate_revoked_why CHECK (((revoked_at IS NULL) OR ((revoked_by_id IS NOT NULL) AND (NOT ((reason)::text = ''::text)))))
);

ALTER TABLE public.programme_certificate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_certificate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_commitment (
    id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    carried_fen bigint NOT NULL,
    state character varying(10) NOT NULL,
    contract_id bigint,
    line_id bigint NOT NULL,
    subsidy_id bigint,
    CONSTRAINT commitment_carried CHECK ((carried_fen <= amount_fen)),
    CONSTRAINT commitment_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT commitment_of_one CHECK ((((contract_id IS NULL) AND (subsidy_id IS NOT NULL)) OR ((contract_id IS NOT NULL) AND (subsidy_id IS NULL)))),
    CONSTRAINT programme_commitment_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT programme_commitment_carried_fen_check CHECK ((carried_fen >= 0))
);

ALTER TABLE public.programme_commitment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_commitment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_contract (
    id bigint NOT NULL,
    number character varying(32) NOT NULL,
    title character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    amount_fen bigint NOT NULL,
    signed_on date NOT NULL,
    begins_on date NOT NULL,
    ends_on date NOT NULL,
    state character varying(12) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    firm_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT contract_days CHECK ((ends_on >= begins_on)),
    CONSTRAINT contract_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT contract_needs_two CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT programme_contract_amount_fen_check CHECK ((amount_fen >= 0))
);

ALTER TABLE public.programme_contract ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_contract_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_controlevidence (
    id bigint NOT NULL,
    control character varying(30) NOT NULL,
    outcome character varying(8) NOT NULL,
    words text NOT NULL,
    until_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    confirmed_by_id bigint,
    file_id bigint,
    made_by_id bigint NOT NULL,
    CONSTRAINT evidence_needs_two CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = made_by_id) AND (confirmed_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_controlevidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_controlevidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_controlfinding (
    id bigint NOT NULL,
    probe character varying(40) NOT NULL,
    outcome character varying(8) NOT NULL,
    words text NOT NULL,
    facts jsonb NOT NULL,
    run_id bigint NOT NULL
);

ALTER TABLE public.programme_controlfinding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_controlfinding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_controlrun (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    took_ms integer NOT NULL,
    passed integer NOT NULL,
    failed integer NOT NULL,
    unknown integer NOT NULL,
    by_id bigint,
    CONSTRAINT programme_controlrun_failed_check CHECK ((failed >= 0)),
    CONSTRAINT programme_controlrun_passed_check CHECK ((passed >= 0)),
    CONSTRAINT programme_controlrun_took_ms_check CHECK ((took_ms >= 0)),
    CONSTRAINT programme_controlrun_unknown_check CHECK ((unknown >= 0))
);

ALTER TABLE public.programme_controlrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_controlrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_course (
    id bigint NOT NULL,
    title character varying(80) NOT NULL,
    summary text NOT NULL,
    roles jsonb NOT NULL,
    is_mandatory boolean NOT NULL,
    days smallint NOT NULL,
    state character varying(6) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    made_by_id bigint NOT NULL,
    CONSTRAINT programme_course_days_check CHECK ((days >= 0))
);

ALTER TABLE public.programme_course ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_course_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_course_units (
    id bigint NOT NULL,
    course_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.programme_course_units ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_course_units_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_decision (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    text character varying(500) NOT NULL,
    due_on date NOT NULL,
    case_id bigint,
    owner_id bigint NOT NULL,
    meeting_id bigint NOT NULL,
    task_id bigint,
    CONSTRAINT programme_decision_order_check CHECK (("order" >= 0))
);

ALTER TABLE public.programme_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_deliverable (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    state character varying(10) NOT NULL,
    note character varying(500) NOT NULL,
    handed_in_at timestamp with time zone,
    checked_at timestamp with time zone,
    reason character varying(300) NOT NULL,
    is_simulated boolean NOT NULL,
    checked_by_id bigint,
    file_id bigint,
    handed_in_by_id bigint,
    milestone_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT deliverable_accepted_was_checked CHECK (((NOT ((state)::text = 'accepted'::text)) OR ((checked_at IS NOT NULL) AND (handed_in_at IS NOT NULL)))),
    CONSTRAINT deliverable_two_persons CHECK ((NOT ((checked_by_id = handed_in_by_id) AND (checked_by_id IS NOT NULL) AND (handed_in_by_id IS NOT NULL))))
);

ALTER TABLE public.programme_deliverable ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_deliverable_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_draw (
    id bigint NOT NULL,
    number character varying(28) NOT NULL,
    state character varying(8) NOT NULL,
    pool jsonb NOT NULL,
    pool_digest character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    sealed_at timestamp with time zone,
    open_by timestamp with time zone,
    drawn_at timestamp with time zone,
    seed character varying(64) NOT NULL,
    chosen jsonb NOT NULL,
    reserve jsonb NOT NULL,
    void_reason character varying(200) NOT NULL,
    made_by_id bigint NOT NULL,
    review_id bigint NOT NULL
);

ALTER TABLE public.programme_draw ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_draw_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_drawshare (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    seal character varying(64) NOT NULL,
    sealed_at timestamp with time zone,
    secret character varying(128) NOT NULL,
    opened_at timestamp with time zone,
    draw_id bigint NOT NULL,
    witness_id bigint NOT NULL,
    CONSTRAINT share_sealed_first CHECK ((((secret)::text = ''::text) OR (NOT ((seal)::text = ''::text))))
);

ALTER TABLE public.programme_drawshare ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_drawshare_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_drillfinding (
    id bigint NOT NULL,
    text character varying(200) NOT NULL,
    due_on date NOT NULL,
    case_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    drill_id bigint,
    incident_id bigint
);

ALTER TABLE public.programme_drillfinding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_drillfinding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_effect (
    id bigint NOT NULL,
    system character varying(40) NOT NULL,
    key character varying(60) NOT NULL,
    before double precision,
    before_at timestamp with time zone,
    after double precision,
    after_at timestamp with time zone,
    project_id bigint NOT NULL
);

ALTER TABLE public.programme_effect ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_effect_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_effectreport (
    id bigint NOT NULL,
    grade character varying(10) NOT NULL,
    words text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    confirmed_by_id bigint,
    file_id bigint,
    firm_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT effect_needs_two CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = made_by_id) AND (confirmed_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_effectreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_effectreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_enrolment (
    id bigint NOT NULL,
    is_called boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    due_on date,
    done_at timestamp with time zone,
    account_id bigint NOT NULL,
    course_id bigint NOT NULL
);

ALTER TABLE public.programme_enrolment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_enrolment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_exam (
    id bigint NOT NULL,
    title character varying(80) NOT NULL,
    blueprint jsonb NOT NULL,
    pass_points smallint NOT NULL,
    minutes smallint NOT NULL,
    tries smallint NOT NULL,
    wait_hours smallint NOT NULL,
    valid_months smallint NOT NULL,
    is_security boolean NOT NULL,
    is_open boolean NOT NULL,
    is_simulated boolean NOT NULL,
    course_id bigint,
    CONSTRAINT exam_figures CHECK (((minutes > 0) AND (tries > 0) AND (valid_months > 0))),
    CONSTRAINT programme_exam_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT programme_exam_pass_points_check CHECK ((pass_points >= 0)),
    CONSTRAINT programme_exam_tries_check CHECK ((tries >= 0)),
    CONSTRAINT programme_exam_valid_months_check CHECK ((valid_months >= 0)),
    CONSTRAINT programme_exam_wait_hours_check CHECK ((wait_hours >= 0))
);

ALTER TABLE public.programme_exam ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_exam_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_expert (
    id bigint NOT NULL,
    number character varying(16) NOT NULL,
    name character varying(40) NOT NULL,
    fields jsonb NOT NULL,
    title character varying(40) NOT NULL,
    employer character varying(80) NOT NULL,
    employer_uscc character varying(18) NOT NULL,
    ties jsonb NOT NULL,
    appointed_on date NOT NULL,
    until_on date NOT NULL,
    left_on date,
    is_simulated boolean NOT NULL,
    account_id bigint
);

ALTER TABLE public.programme_expert ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_expert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_firm (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    uscc character varying(18) NOT NULL,
    trades jsonb NOT NULL,
    is_barred_until date,
    is_simulated boolean NOT NULL,
    CONSTRAINT firm_uscc_form CHECK (((uscc)::text ~ '^[0123456789ABCDEFGHJKLMNPQRTUWXY]{2}\d{6}[0123456789ABCDEFGHJKLMNPQRTUWXY]{10}$'::text))
);

CREATE TABLE public.programme_firm_affiliates (
    id bigint NOT NULL,
    from_firm_id bigint NOT NULL,
    to_firm_id bigint NOT NULL
);

ALTER TABLE public.programme_firm_affiliates ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_firm_affiliates_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.programme_firm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_firm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_fundyear (
    id bigint NOT NULL,
    year smallint NOT NULL,
    is_closed boolean NOT NULL,
    closed_at timestamp with time zone,
    close_asked_by_id bigint,
    closed_by_id bigint,
    CONSTRAINT closing_is_signed CHECK (((NOT is_closed) OR ((close_asked_by_id IS NOT NULL) AND (closed_at IS NOT NULL) AND (closed_by_id IS NOT NULL)))),
    CONSTRAINT closing_needs_two CHECK (((closed_by_id IS NULL) OR (NOT ((closed_by_id = close_asked_by_id) AND (closed_by_id IS NOT NULL) AND (close_asked_by_id IS NOT NULL))))),
    CONSTRAINT programme_fundyear_year_check CHECK ((year >= 0))
);

ALTER TABLE public.programme_fundyear ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_fundyear_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_gatepassage (
    id bigint NOT NULL,
    stage character varying(12) NOT NULL,
    state character varying(8) NOT NULL,
    checks jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    project_id bigint NOT NULL,
    CONSTRAINT gate_needs_two CHECK ((((state)::text = 'asked'::text) OR ((decided_by_id IS NOT NULL) AND (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))))
);

ALTER TABLE public.programme_gatepassage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_gatepassage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_guarantee (
    id bigint NOT NULL,
    number character varying(40) NOT NULL,
    guarantor character varying(80) NOT NULL,
    amount_fen bigint NOT NULL,
    begins_on date NOT NULL,
    ends_on date NOT NULL,
    state character varying(10) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    made_by_id bigint NOT NULL,
    loan_id bigint NOT NULL,
    CONSTRAINT guarantee_days CHECK ((ends_on > begins_on)),
    CONSTRAINT guarantee_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT programme_guarantee_amount_fen_check CHECK ((amount_fen >= 0))
);

ALTER TABLE public.programme_guarantee ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_guarantee_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_indicatorentry (
    id bigint NOT NULL,
    item_set character varying(12) NOT NULL,
    item character varying(40) NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    numerator double precision NOT NULL,
    denominator double precision NOT NULL,
    source character varying(200) NOT NULL,
    note character varying(300) NOT NULL,
    state character varying(10) NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    decided_by_id bigint,
    entered_by_id bigint NOT NULL,
    file_id bigint NOT NULL,
    CONSTRAINT indicator_entry_decided_by_somebody CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'waiting'::text)) OR ((NOT ((state)::text = 'waiting'::text)) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT indicator_entry_is_a_share CHECK (((denominator > (0.0)::double precision) AND (numerator >= (0.0)::double precision) AND (numerator <= denominator))),
    CONSTRAINT indicator_entry_period CHECK ((last_on >= first_on)),
    CONSTRAINT indicator_entry_two_persons CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = entered_by_id) AND (decided_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_indicatorentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_indicatorentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_invitation (
    id bigint NOT NULL,
    speciality character varying(40) NOT NULL,
    state character varying(8) NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    answer_by timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    declared_at timestamp with time zone,
    expert_id bigint NOT NULL,
    stands_for_id bigint,
    review_id bigint NOT NULL,
    CONSTRAINT accepted_with_declaration CHECK (((NOT ((state)::text = 'accepted'::text)) OR (declared_at IS NOT NULL)))
);

ALTER TABLE public.programme_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_ledgeraccount (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    source character varying(10) NOT NULL,
    balance_fen bigint NOT NULL,
    commitment_id bigint,
    line_id bigint,
    payment_id bigint,
    CONSTRAINT programme_account_never_past_nothing CHECK ((((balance_fen <= 0) AND ((kind)::text = ANY (ARRAY[('granted'::character varying)::text, ('income'::character varying)::text]))) OR ((NOT ((kind)::text = ANY (ARRAY[('granted'::character varying)::text, ('income'::character varying)::text]))) AND (balance_fen >= 0)))),
    CONSTRAINT programme_account_of CHECK ((((commitment_id IS NULL) AND ((kind)::text = ANY (ARRAY[('granted'::character varying)::text, ('available'::character varying)::text])) AND (line_id IS NOT NULL) AND (payment_id IS NULL) AND ((source)::text = ''::text)) OR ((commitment_id IS NOT NULL) AND ((kind)::text = ANY (ARRAY[('held'::character varying)::text, ('bound'::character varying)::text])) AND (line_id IS NOT NULL) AND (payment_id IS NULL) AND ((source)::text = ''::text)) OR ((commitment_id IS NOT NULL) AND ((kind)::text = ANY (ARRAY[('payable'::character varying)::text, ('spent'::character varying)::text])) AND (line_id IS NOT NULL) AND (payment_id IS NOT NULL) AND ((source)::text = ''::text)) OR ((commitment_id IS NULL) AND ((kind)::text = ANY (ARRAY[('treasury'::character varying)::text, ('income'::character varying)::text, ('expense'::character varying)::text])) AND (line_id IS NULL) AND (payment_id IS NULL) AND (NOT ((source)::text = ''::text)))))
);

ALTER TABLE public.programme_ledgeraccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_ledgeraccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_lesson (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    title character varying(80) NOT NULL,
    text text NOT NULL,
    link character varying(200) NOT NULL,
    course_id bigint NOT NULL,
    file_id bigint,
    CONSTRAINT programme_lesson_order_check CHECK (("order" >= 0))
);

ALTER TABLE public.programme_lesson ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_lesson_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_lessonread (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    enrolment_id bigint NOT NULL,
    lesson_id bigint NOT NULL
);

ALTER TABLE public.programme_lessonread ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_lessonread_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_loan (
    id bigint NOT NULL,
    number character varying(40) NOT NULL,
    lender character varying(80) NOT NULL,
    principal_fen bigint NOT NULL,
    rate numeric(6,4) NOT NULL,
    begins_on date NOT NULL,
    ends_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    borrower_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    project_id bigint,
    CONSTRAINT loan_days CHECK ((ends_on > begins_on)),
    CONSTRAINT loan_is_money CHECK (((principal_fen > 0) AND (rate > (0)::numeric) AND (rate <= (24)::numeric))),
    CONSTRAINT programme_loan_principal_fen_check CHECK ((principal_fen >= 0))
);

ALTER TABLE public.programme_loan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_loan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_loanmovement (
    id bigint NOT NULL,
    day date NOT NULL,
    amount_fen bigint NOT NULL,
    document character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    loan_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    CONSTRAINT loan_movement_is_money CHECK ((NOT (amount_fen = 0)))
);

ALTER TABLE public.programme_loanmovement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_loanmovement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_maintenance (
    id bigint NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    words character varying(200) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    agreed_by_id bigint,
    asked_by_id bigint NOT NULL,
    contract_id bigint NOT NULL,
    CONSTRAINT maintenance_agreed_before_by_another CHECK (((agreed_by_id IS NULL) OR ((NOT ((agreed_by_id = asked_by_id) AND (agreed_by_id IS NOT NULL))) AND (agreed_at <= begins_at)))),
    CONSTRAINT maintenance_times CHECK ((ends_at > begins_at))
);

ALTER TABLE public.programme_maintenance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_maintenance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_manualresult (
    id bigint NOT NULL,
    is_passed boolean NOT NULL,
    words text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    confirmed_by_id bigint,
    file_id bigint,
    item_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    CONSTRAINT result_needs_two CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = made_by_id) AND (confirmed_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_manualresult ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_manualresult_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_meeting (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    title character varying(120) NOT NULL,
    kind character varying(16) NOT NULL,
    state character varying(12) NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    place character varying(80) NOT NULL,
    minuted_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    made_by_id bigint
);

ALTER TABLE public.programme_meeting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_meeting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_milestone (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    begins_on date NOT NULL,
    due_on date NOT NULL,
    done_on date,
    weight smallint NOT NULL,
    is_simulated boolean NOT NULL,
    task_id bigint NOT NULL,
    original_due_on date,
    CONSTRAINT milestone_days CHECK ((due_on >= begins_on)),
    CONSTRAINT milestone_weighs CHECK ((weight > 0)),
    CONSTRAINT programme_milestone_weight_check CHECK ((weight >= 0))
);

ALTER TABLE public.programme_milestone ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_milestone_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_milestonechange (
    id bigint NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    reason character varying(300) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    is_granted boolean,
    decided_at timestamp with time zone,
    decision character varying(300) NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    milestone_id bigint NOT NULL,
    CONSTRAINT milestone_change_decided_by_somebody CHECK (((is_granted IS NULL) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT milestone_change_two_persons CHECK ((NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))
);

ALTER TABLE public.programme_milestonechange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_milestonechange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_milestonelink (
    id bigint NOT NULL,
    lag_days smallint NOT NULL,
    after_id bigint NOT NULL,
    before_id bigint NOT NULL,
    CONSTRAINT milestone_link_two CHECK ((NOT (before_id = after_id))),
    CONSTRAINT programme_milestonelink_lag_days_check CHECK ((lag_days >= 0))
);

ALTER TABLE public.programme_milestonelink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_milestonelink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_monthlyreport (
    id bigint NOT NULL,
    month date NOT NULL,
    due_on date NOT NULL,
    state character varying(10) NOT NULL,
    done text NOT NULL,
    problems text NOT NULL,
    plans text NOT NULL,
    reported_at timestamp with time zone,
    first_reported_at timestamp with time zone,
    decided_at timestamp with time zone,
    reason character varying(300) NOT NULL,
    returns smallint NOT NULL,
    figures jsonb NOT NULL,
    escalated_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    case_id bigint,
    decided_by_id bigint,
    reported_by_id bigint,
    task_id bigint NOT NULL,
    CONSTRAINT monthly_report_accepted_was_decided CHECK (((NOT ((state)::text = 'accepted'::text)) OR ((decided_at IS NOT NULL) AND (reported_at IS NOT NULL)))),
    CONSTRAINT monthly_report_month CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT monthly_report_two_persons CHECK ((NOT ((decided_by_id = reported_by_id) AND (decided_by_id IS NOT NULL) AND (reported_by_id IS NOT NULL)))),
    CONSTRAINT programme_monthlyreport_returns_check CHECK ((returns >= 0))
);

ALTER TABLE public.programme_monthlyreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_monthlyreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_opinion (
    id bigint NOT NULL,
    said text NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    signed_at timestamp with time zone,
    digest character varying(64) NOT NULL,
    invitation_id bigint NOT NULL,
    signed_by_id bigint,
    CONSTRAINT opinion_signed_by_somebody CHECK (((((digest)::text = ''::text) AND (signed_at IS NULL) AND (signed_by_id IS NULL)) OR ((signed_at IS NOT NULL) AND (signed_by_id IS NOT NULL) AND (NOT ((digest)::text = ''::text)))))
);

ALTER TABLE public.programme_opinion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_opinion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_participation (
    id bigint NOT NULL,
    role character varying(12) NOT NULL,
    since_on date NOT NULL,
    until_on date,
    firm_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    procurement_id bigint
);

ALTER TABLE public.programme_participation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_participation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_payment (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    amount_fen bigint NOT NULL,
    reason character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decision_note character varying(200) NOT NULL,
    paid_at timestamp with time zone,
    voucher character varying(40),
    returned_at timestamp with time zone,
    return_reason character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    asked_by_id bigint NOT NULL,
    commitment_id bigint NOT NULL,
    decided_by_id bigint,
    paid_by_id bigint,
    returned_by_id bigint,
    run_id bigint,
    term_id bigint,
    CONSTRAINT programme_payment_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT programme_payment_is_decided CHECK ((((state)::text = 'asked'::text) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT programme_payment_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT programme_payment_is_paid CHECK (((NOT ((state)::text = ANY (ARRAY[('paid'::character varying)::text, ('returned'::character varying)::text]))) OR ((paid_at IS NOT NULL) AND (paid_by_id IS NOT NULL) AND (voucher IS NOT NULL)))),
    CONSTRAINT programme_payment_is_returned CHECK (((NOT ((state)::text = 'returned'::text)) OR ((returned_at IS NOT NULL) AND (returned_by_id IS NOT NULL)))),
    CONSTRAINT programme_payment_needs_three CHECK (((paid_by_id IS NULL) OR ((NOT ((paid_by_id = asked_by_id) AND (paid_by_id IS NOT NULL))) AND (NOT ((paid_by_id = decided_by_id) AND (paid_by_id IS NOT NULL) AND (decided_by_id IS NOT NULL)))))),
    CONSTRAINT programme_payment_needs_two CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT programme_return_needs_another CHECK (((returned_by_id IS NULL) OR (NOT ((returned_by_id = paid_by_id) AND (returned_by_id IS NOT NULL) AND (paid_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_payment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.programme_paymentterm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_paymentterm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_plantask (
    id bigint NOT NULL,
    system character varying(40) NOT NULL,
    clause smallint NOT NULL,
    zh character varying(60) NOT NULL,
    en character varying(80) NOT NULL,
    begins_on date NOT NULL,
    due_on date NOT NULL,
    done_on date,
    lead_id bigint NOT NULL,
    CONSTRAINT programme_plantask_clause_check CHECK ((clause >= 0))
);

CREATE TABLE public.programme_plantask_helpers (
    id bigint NOT NULL,
    plantask_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.programme_plantask_helpers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_plantask_helpers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.programme_plantask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_plantask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_posting (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    kind character varying(16) NOT NULL,
    note character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    reverses_id bigint
);

ALTER TABLE public.programme_posting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_posting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_postingline (
    id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    account_id bigint NOT NULL,
    posting_id bigint NOT NULL,
    CONSTRAINT programme_posting_line_is_money CHECK ((NOT (amount_fen = 0)))
);

ALTER TABLE public.programme_postingline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_postingline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_processingactivity (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    system character varying(40) NOT NULL,
    purpose character varying(200) NOT NULL,
    basis character varying(10) NOT NULL,
    ground character varying(200) NOT NULL,
    subjects character varying(120) NOT NULL,
    kinds character varying(200) NOT NULL,
    is_sensitive boolean NOT NULL,
    kept character varying(80) NOT NULL,
    receivers character varying(200) NOT NULL,
    assessed_on date,
    until_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    assessment_id bigint,
    confirmed_by_id bigint,
    holder_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    CONSTRAINT processing_needs_two CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = made_by_id) AND (confirmed_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_processingactivity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_processingactivity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_procurement (
    id bigint NOT NULL,
    number character varying(28) NOT NULL,
    title character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    method character varying(12) NOT NULL,
    ceiling_fen bigint NOT NULL,
    why character varying(200) NOT NULL,
    state character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    noticed_on date,
    notice_reference character varying(200) NOT NULL,
    bids_due_at timestamp with time zone,
    opened_at timestamp with time zone,
    award_fen bigint,
    awarded_on date,
    award_reason character varying(200) NOT NULL,
    objections_until date,
    failed_reason character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    approved_by_id bigint,
    asked_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    winner_id bigint,
    CONSTRAINT award_below_ceiling CHECK (((award_fen IS NULL) OR (award_fen <= ceiling_fen))),
    CONSTRAINT opened_after_due CHECK (((opened_at IS NULL) OR (opened_at >= bids_due_at))),
    CONSTRAINT procurement_needs_two CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = asked_by_id) AND (approved_by_id IS NOT NULL))))),
    CONSTRAINT programme_procurement_award_fen_check CHECK ((award_fen >= 0)),
    CONSTRAINT programme_procurement_ceiling_fen_check CHECK ((ceiling_fen >= 0))
);

ALTER TABLE public.programme_procurement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_procurement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_project (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    title character varying(120) NOT NULL,
    purpose text NOT NULL,
    estimate_fen bigint NOT NULL,
    stage character varying(12) NOT NULL,
    stage_at timestamp with time zone NOT NULL,
    due_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    made_by_id bigint,
    owner_id bigint NOT NULL,
    CONSTRAINT programme_project_estimate_fen_check CHECK ((estimate_fen >= 0))
);

ALTER TABLE public.programme_project ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_project_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_project_tasks (
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    plantask_id bigint NOT NULL
);

ALTER TABLE public.programme_project_tasks ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_project_tasks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_projectchange (
    id bigint NOT NULL,
    "order" smallint NOT NULL,
    title character varying(120) NOT NULL,
    why text NOT NULL,
    supervisor_says text NOT NULL,
    amount_fen bigint NOT NULL,
    days smallint NOT NULL,
    state character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    due_before date,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    project_id bigint NOT NULL,
    review_id bigint,
    CONSTRAINT programme_projectchange_order_check CHECK (("order" >= 0)),
    CONSTRAINT project_change_needs_two CHECK ((((state)::text = 'asked'::text) OR ((decided_by_id IS NOT NULL) AND (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))))
);

ALTER TABLE public.programme_projectchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_projectchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_projectpaper (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    title character varying(120) NOT NULL,
    words text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    refused_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    confirmed_by_id bigint,
    file_id bigint,
    made_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT paper_by_somebody CHECK (((confirmed_at IS NULL) OR (confirmed_by_id IS NOT NULL))),
    CONSTRAINT paper_needs_two CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = made_by_id) AND (confirmed_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_projectpaper ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_projectpaper_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_publicevent (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    title character varying(80) NOT NULL,
    text text NOT NULL,
    place character varying(80) NOT NULL,
    lon double precision,
    lat double precision,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    attended integer,
    approved_by_id bigint,
    made_by_id bigint NOT NULL,
    CONSTRAINT programme_publicevent_attended_check CHECK ((attended >= 0)),
    CONSTRAINT publicevent_needs_two CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = made_by_id) AND (approved_by_id IS NOT NULL))))),
    CONSTRAINT publicevent_published_by_another CHECK (((NOT ((state)::text = 'published'::text)) OR ((approved_by_id IS NOT NULL) AND (published_at IS NOT NULL)))),
    CONSTRAINT publicevent_times CHECK ((ends_at > starts_at))
);

ALTER TABLE public.programme_publicevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_publicevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_publicityplan (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    title character varying(80) NOT NULL,
    audience character varying(80) NOT NULL,
    text text NOT NULL,
    begins_on date NOT NULL,
    ends_on date NOT NULL,
    goal_views integer NOT NULL,
    approved_by_id bigint,
    made_by_id bigint NOT NULL,
    CONSTRAINT programme_publicityplan_goal_views_check CHECK ((goal_views >= 0)),
    CONSTRAINT publicityplan_days CHECK ((ends_on >= begins_on)),
    CONSTRAINT publicityplan_needs_two CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = made_by_id) AND (approved_by_id IS NOT NULL))))),
    CONSTRAINT publicityplan_published_by_another CHECK (((NOT ((state)::text = 'published'::text)) OR ((approved_by_id IS NOT NULL) AND (published_at IS NOT NULL))))
);

ALTER TABLE public.programme_publicityplan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_publicityplan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_publicitystep (
    id bigint NOT NULL,
    title character varying(80) NOT NULL,
    due_on date NOT NULL,
    article_id bigint,
    event_id bigint,
    plan_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT publicitystep_one_thing CHECK (((article_id IS NULL) OR (event_id IS NULL)))
);

ALTER TABLE public.programme_publicitystep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_publicitystep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_question (
    id bigint NOT NULL,
    topic character varying(40) NOT NULL,
    kind character varying(10) NOT NULL,
    text text NOT NULL,
    choices jsonb NOT NULL,
    answer jsonb NOT NULL,
    explanation text NOT NULL,
    state character varying(8) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    checked_by_id bigint,
    made_by_id bigint NOT NULL,
    CONSTRAINT question_needs_two CHECK (((checked_by_id IS NULL) OR (NOT ((checked_by_id = made_by_id) AND (checked_by_id IS NOT NULL))))),
    CONSTRAINT question_used_when_checked CHECK ((((state)::text = 'draft'::text) OR (checked_by_id IS NOT NULL)))
);

ALTER TABLE public.programme_question ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_question_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_receipt (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    source character varying(10) NOT NULL,
    giver character varying(80) NOT NULL,
    document character varying(80) NOT NULL,
    amount_fen bigint NOT NULL,
    received_on date NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    CONSTRAINT programme_receipt_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT receipt_is_decided CHECK ((((state)::text = 'asked'::text) OR (decided_by_id IS NOT NULL))),
    CONSTRAINT receipt_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT receipt_needs_two CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_receipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_receipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_recomputation (
    id bigint NOT NULL,
    system character varying(40) NOT NULL,
    key character varying(60) NOT NULL,
    at timestamp with time zone NOT NULL,
    sql_digest character varying(64) NOT NULL,
    measured double precision,
    recomputed double precision,
    parts jsonb NOT NULL,
    agrees boolean NOT NULL,
    took_ms integer NOT NULL,
    trouble character varying(300) NOT NULL,
    by_id bigint,
    CONSTRAINT programme_recomputation_took_ms_check CHECK ((took_ms >= 0))
);

ALTER TABLE public.programme_recomputation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_recomputation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_review (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(12) NOT NULL,
    wanted jsonb NOT NULL,
    criteria jsonb NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    outcome character varying(8) NOT NULL,
    points double precision,
    decided_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    made_by_id bigint NOT NULL,
    project_id bigint NOT NULL
);

ALTER TABLE public.programme_review ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_review_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_securityasset (
    id bigint NOT NULL,
    key character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(10) NOT NULL,
    data_level smallint NOT NULL,
    about character varying(200) NOT NULL,
    is_found boolean NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    gone_at timestamp with time zone,
    made_by_id bigint,
    owner_id bigint,
    part_of_id bigint,
    CONSTRAINT programme_securityasset_data_level_check CHECK ((data_level >= 0))
);

ALTER TABLE public.programme_securityasset ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_securityasset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_securitydrill (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    kind character varying(6) NOT NULL,
    scenario text NOT NULL,
    planned_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    held_at timestamp with time zone,
    summary text NOT NULL,
    is_simulated boolean NOT NULL,
    approved_by_id bigint,
    made_by_id bigint NOT NULL,
    plan_id bigint,
    incident_id bigint,
    CONSTRAINT drill_approved_first CHECK (((held_at IS NULL) OR (approved_at IS NOT NULL))),
    CONSTRAINT drill_needs_two CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = made_by_id) AND (approved_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_securitydrill ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_securitydrill_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_securitydrill_units (
    id bigint NOT NULL,
    securitydrill_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.programme_securitydrill_units ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_securitydrill_units_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_securityincident (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    kind character varying(10) NOT NULL,
    grade character varying(8) NOT NULL,
    touches_persons boolean NOT NULL,
    found_at timestamp with time zone NOT NULL,
    graded_at timestamp with time zone,
    report_due_at timestamp with time zone,
    reported_at timestamp with time zone,
    contained_at timestamp with time zone,
    recovered_at timestamp with time zone,
    reviewed_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_drill boolean NOT NULL,
    is_simulated boolean NOT NULL,
    asset_id bigint,
    case_id bigint NOT NULL,
    found_by_id bigint
);

ALTER TABLE public.programme_securityincident ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_securityincident_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_securityrisk (
    id bigint NOT NULL,
    threat character varying(120) NOT NULL,
    weakness character varying(200) NOT NULL,
    likelihood smallint NOT NULL,
    impact smallint NOT NULL,
    treatment character varying(10) NOT NULL,
    measures text NOT NULL,
    left_likelihood smallint,
    left_impact smallint,
    due_on date,
    judged_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    accepted_until date,
    closed_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    accepted_by_id bigint,
    asset_id bigint NOT NULL,
    correction_id bigint,
    judged_by_id bigint NOT NULL,
    CONSTRAINT programme_securityrisk_impact_check CHECK ((impact >= 0)),
    CONSTRAINT programme_securityrisk_left_impact_check CHECK ((left_impact >= 0)),
    CONSTRAINT programme_securityrisk_left_likelihood_check CHECK ((left_likelihood >= 0)),
    CONSTRAINT programme_securityrisk_likelihood_check CHECK ((likelihood >= 0)),
    CONSTRAINT risk_accepted_for_a_time CHECK (((accepted_at IS NULL) OR ((accepted_by_id IS NOT NULL) AND (accepted_until IS NOT NULL)))),
    CONSTRAINT risk_needs_two CHECK (((accepted_by_id IS NULL) OR (NOT ((accepted_by_id = judged_by_id) AND (accepted_by_id IS NOT NULL))))),
    CONSTRAINT risk_on_the_matrix CHECK (((impact >= 1) AND (impact <= 5) AND ((likelihood >= 1) AND (likelihood <= 5)) AND ((left_likelihood IS NULL) OR ((left_likelihood >= 1) AND (left_likelihood <= 5))) AND ((left_impact IS NULL) OR ((left_impact >= 1) AND (left_impact <= 5)))))
);

ALTER TABLE public.programme_securityrisk ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_securityrisk_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_serviceminute (
    at timestamp with time zone NOT NULL,
    is_up boolean NOT NULL,
    health_ms integer,
    page_ms integer,
    devices integer NOT NULL,
    devices_online integer NOT NULL,
    note character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    CONSTRAINT programme_serviceminute_devices_check CHECK ((devices >= 0)),
    CONSTRAINT programme_serviceminute_devices_online_check CHECK ((devices_online >= 0)),
    CONSTRAINT programme_serviceminute_health_ms_check CHECK ((health_ms >= 0)),
    CONSTRAINT programme_serviceminute_page_ms_check CHECK ((page_ms >= 0))
);

CREATE TABLE public.programme_serviceterms (
    id bigint NOT NULL,
    from_month date NOT NULL,
    fee_fen bigint NOT NULL,
    most_percent smallint NOT NULL,
    levels jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    agreed_by_id bigint,
    asked_by_id bigint NOT NULL,
    contract_id bigint NOT NULL,
    CONSTRAINT programme_serviceterms_fee_fen_check CHECK ((fee_fen >= 0)),
    CONSTRAINT programme_serviceterms_most_percent_check CHECK ((most_percent >= 0)),
    CONSTRAINT terms_from_first CHECK ((EXTRACT(day FROM from_month) = (1)::numeric)),
    CONSTRAINT terms_most CHECK ((most_percent <= 100)),
    CONSTRAINT terms_need_two CHECK (((agreed_by_id IS NULL) OR (NOT ((agreed_by_id = asked_by_id) AND (agreed_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_serviceterms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_serviceterms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_sitting (
    id bigint NOT NULL,
    seed character varying(64) NOT NULL,
    paper jsonb NOT NULL,
    answers jsonb NOT NULL,
    started_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    saved_at timestamp with time zone,
    submitted_at timestamp with time zone,
    is_by_time boolean NOT NULL,
    points smallint,
    full_points smallint NOT NULL,
    is_passed boolean,
    is_simulated boolean NOT NULL,
    account_id bigint NOT NULL,
    exam_id bigint NOT NULL,
    CONSTRAINT programme_sitting_full_points_check CHECK ((full_points >= 0)),
    CONSTRAINT programme_sitting_points_check CHECK ((points >= 0)),
    CONSTRAINT sitting_marked_when_in CHECK ((((is_passed IS NULL) AND (points IS NULL) AND (submitted_at IS NULL)) OR ((is_passed IS NOT NULL) AND (points IS NOT NULL) AND (submitted_at IS NOT NULL)))),
    CONSTRAINT sitting_points CHECK (((points IS NULL) OR (points <= full_points)))
);

ALTER TABLE public.programme_sitting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_sitting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_snapshot (
    id bigint NOT NULL,
    number integer NOT NULL,
    title character varying(120) NOT NULL,
    content text NOT NULL,
    digest character varying(64) NOT NULL,
    previous character varying(64) NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    taken_by_id bigint NOT NULL,
    CONSTRAINT programme_snapshot_number_check CHECK ((number >= 0))
);

ALTER TABLE public.programme_snapshot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_snapshot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_staffnotice (
    id bigint NOT NULL,
    key character varying(60) NOT NULL,
    kind character varying(8) NOT NULL,
    username character varying(40) NOT NULL,
    effective_at timestamp with time zone NOT NULL,
    reason character varying(120) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    done_at timestamp with time zone,
    ended jsonb NOT NULL,
    problem character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    account_id bigint,
    case_id bigint,
    given_by_id bigint,
    organisation_id bigint,
    CONSTRAINT notice_moves_to CHECK (((NOT ((kind)::text = 'moved'::text)) OR (organisation_id IS NOT NULL))),
    CONSTRAINT notice_not_of_oneself CHECK (((account_id IS NULL) OR (given_by_id IS NULL) OR (NOT ((account_id = given_by_id) AND (account_id IS NOT NULL) AND (given_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_staffnotice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_staffnotice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_statement (
    id bigint NOT NULL,
    month date NOT NULL,
    state character varying(8) NOT NULL,
    lines jsonb NOT NULL,
    fee_fen bigint NOT NULL,
    deduction_fen bigint NOT NULL,
    pay_fen bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    answer_by timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    approved_at timestamp with time zone,
    digest character varying(64) NOT NULL,
    is_simulated boolean NOT NULL,
    accepted_by_id bigint,
    approved_by_id bigint,
    contract_id bigint NOT NULL,
    terms_id bigint NOT NULL,
    CONSTRAINT programme_statement_deduction_fen_check CHECK ((deduction_fen >= 0)),
    CONSTRAINT programme_statement_fee_fen_check CHECK ((fee_fen >= 0)),
    CONSTRAINT programme_statement_pay_fen_check CHECK ((pay_fen >= 0)),
    CONSTRAINT statement_adds_up CHECK ((fee_fen = (deduction_fen + pay_fen))),
    CONSTRAINT statement_final CHECK (((NOT ((state)::text = 'final'::text)) OR ((approved_by_id IS NOT NULL) AND (NOT ((digest)::text = ''::text))))),
    CONSTRAINT statement_needs_two CHECK (((approved_by_id IS NULL) OR (accepted_by_id IS NULL) OR (NOT ((approved_by_id = accepted_by_id) AND (approved_by_id IS NOT NULL) AND (accepted_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_statement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_statementdispute (
    id bigint NOT NULL,
    measure character varying(24) NOT NULL,
    words character varying(500) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    is_upheld boolean,
    case_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    statement_id bigint NOT NULL
);

ALTER TABLE public.programme_statementdispute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_statementdispute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_subsidy (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    kind character varying(12) NOT NULL,
    title character varying(120) NOT NULL,
    basis character varying(200) NOT NULL,
    amount_fen bigint NOT NULL,
    begins_on date,
    ends_on date,
    share numeric(5,2),
    cap_fen bigint,
    computed_fen bigint,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    firm_id bigint NOT NULL,
    loan_id bigint,
    project_id bigint,
    CONSTRAINT interest_support_is_capped CHECK (((cap_fen IS NULL) OR (amount_fen <= cap_fen))),
    CONSTRAINT interest_support_is_computed CHECK (((NOT ((kind)::text = 'interest'::text)) OR ((begins_on < ends_on) AND (computed_fen >= amount_fen) AND (loan_id IS NOT NULL) AND (share > (0)::numeric) AND (share <= (100)::numeric)))),
    CONSTRAINT programme_subsidy_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT programme_subsidy_cap_fen_check CHECK ((cap_fen >= 0)),
    CONSTRAINT programme_subsidy_computed_fen_check CHECK ((computed_fen >= 0)),
    CONSTRAINT subsidy_is_decided CHECK ((((state)::text = 'asked'::text) OR (decided_by_id IS NOT NULL))),
    CONSTRAINT subsidy_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT subsidy_needs_two CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL)))))
);

ALTER TABLE public.programme_subsidy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_subsidy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_supervisionletter (
    id bigint NOT NULL,
    number character varying(32) NOT NULL,
    reason character varying(300) NOT NULL,
    asks text NOT NULL,
    due_on date NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    case_id bigint NOT NULL,
    decision_id bigint,
    issued_by_id bigint,
    report_id bigint,
    task_id bigint,
    unit_id bigint NOT NULL,
    CONSTRAINT letter_has_a_matter CHECK (((task_id IS NOT NULL) OR (decision_id IS NOT NULL) OR (report_id IS NOT NULL)))
);

ALTER TABLE public.programme_supervisionletter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_supervisionletter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_supervisionreport (
    id bigint NOT NULL,
    month date NOT NULL,
    percent smallint NOT NULL,
    planned_percent smallint NOT NULL,
    quality text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    returned_reason character varying(200) NOT NULL,
    accepted_by_id bigint,
    file_id bigint,
    made_by_id bigint NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT programme_supervisionreport_percent_check CHECK ((percent >= 0)),
    CONSTRAINT programme_supervisionreport_planned_percent_check CHECK ((planned_percent >= 0)),
    CONSTRAINT supervision_month CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT supervision_needs_two CHECK (((accepted_by_id IS NULL) OR (NOT ((accepted_by_id = made_by_id) AND (accepted_by_id IS NOT NULL))))),
    CONSTRAINT supervision_percent CHECK (((percent <= 100) AND (planned_percent <= 100)))
);

ALTER TABLE public.programme_supervisionreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_supervisionreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_supplieraccess (
    id bigint NOT NULL,
    person character varying(40) NOT NULL,
    username character varying(40) NOT NULL,
    role character varying(80) NOT NULL,
    purpose character varying(200) NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    ended_at timestamp with time zone,
    words character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    account_id bigint,
    asked_by_id bigint NOT NULL,
    contract_id bigint NOT NULL,
    decided_by_id bigint,
    ended_by_id bigint,
    organisation_id bigint NOT NULL,
    CONSTRAINT access_needs_two CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT access_open_decided CHECK (((NOT ((state)::text = 'open'::text)) OR ((account_id IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT access_times CHECK ((until_at > from_at))
);

ALTER TABLE public.programme_supplieraccess ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_supplieraccess_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_talent (
    id bigint NOT NULL,
    number character varying(16) NOT NULL,
    name text NOT NULL,
    phone text NOT NULL,
    employer text NOT NULL,
    fields jsonb NOT NULL,
    level character varying(8) NOT NULL,
    source character varying(8) NOT NULL,
    basis character varying(8) NOT NULL,
    purpose character varying(120) NOT NULL,
    agreed_at timestamp with time zone NOT NULL,
    until_on date NOT NULL,
    state character varying(8) NOT NULL,
    objected_at timestamp with time zone,
    objection character varying(300) NOT NULL,
    answer_by date,
    answer character varying(300) NOT NULL,
    erased_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    account_id bigint,
    made_by_id bigint,
    CONSTRAINT talent_erased_is_empty CHECK (((NOT ((state)::text = 'erased'::text)) OR ((account_id IS NULL) AND (employer = ''::text) AND (erased_at IS NOT NULL) AND ((level)::text = ''::text) AND (name = ''::text) AND (phone = ''::text)))),
    CONSTRAINT talent_has_purpose CHECK (((NOT ((state)::text = 'active'::text)) OR (NOT ((purpose)::text = ''::text))))
);

ALTER TABLE public.programme_talent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_talent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_taskday (
    id bigint NOT NULL,
    "on" date NOT NULL,
    light character varying(6) NOT NULL,
    planned double precision,
    done double precision,
    reasons jsonb NOT NULL,
    task_id bigint NOT NULL
);

ALTER TABLE public.programme_taskday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_taskday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_taskrisk (
    id bigint NOT NULL,
    title character varying(160) NOT NULL,
    likelihood smallint NOT NULL,
    impact smallint NOT NULL,
    measure character varying(300) NOT NULL,
    review_on date NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    outcome character varying(300) NOT NULL,
    is_simulated boolean NOT NULL,
    closed_by_id bigint,
    opened_by_id bigint,
    owner_id bigint NOT NULL,
    task_id bigint NOT NULL,
    CONSTRAINT programme_taskrisk_impact_check CHECK ((impact >= 0)),
    CONSTRAINT programme_taskrisk_likelihood_check CHECK ((likelihood >= 0)),
    CONSTRAINT task_risk_of_the_matrix CHECK (((impact >= 1) AND (impact <= 5) AND ((likelihood >= 1) AND (likelihood <= 5))))
);

ALTER TABLE public.programme_taskrisk ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_taskrisk_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programme_todayvisit (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    before_at timestamp with time zone,
    account_id bigint NOT NULL
);

ALTER TABLE public.programme_todayvisit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programme_todayvisit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE UNLOGGED TABLE public.shared_cache (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);

CREATE TABLE public.transit_assignment (
    id bigint NOT NULL,
    day date NOT NULL,
    trip_id character varying(120) NOT NULL,
    start_time character varying(8) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    bus_id bigint NOT NULL
);

ALTER TABLE public.transit_assignment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_bulletin (
    id bigint NOT NULL,
    state character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    kind character varying(12) NOT NULL,
    title character varying(120) NOT NULL,
    text text NOT NULL,
    source character varying(80) NOT NULL,
    topic character varying(40) NOT NULL,
    address character varying(200) NOT NULL,
    phone character varying(40) NOT NULL,
    lon double precision,
    lat double precision,
    lines character varying(120)[] NOT NULL,
    stops character varying(120)[] NOT NULL,
    is_urgent boolean NOT NULL,
    begin_at timestamp with time zone NOT NULL,
    end_at timestamp with time zone,
    approved_by_id bigint,
    made_by_id bigint NOT NULL,
    picture_id bigint,
    CONSTRAINT transit_bulletin_four_eyes CHECK (((NOT ((state)::text = 'published'::text)) OR ((approved_by_id IS NOT NULL) AND (NOT ((approved_by_id = made_by_id) AND (approved_by_id IS NOT NULL))))))
);

ALTER TABLE public.transit_bulletin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_bulletin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_bus (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    plate character varying(12) NOT NULL,
    lines jsonb NOT NULL,
    seats smallint NOT NULL,
    capacity smallint NOT NULL,
    is_accessible boolean NOT NULL,
    state character varying(12) NOT NULL,
    is_simulated boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    device_id bigint,
    operator_id bigint,
    CONSTRAINT transit_bus_capacity_check CHECK ((capacity >= 0)),
    CONSTRAINT transit_bus_seats_check CHECK ((seats >= 0))
);

ALTER TABLE public.transit_bus ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_bus_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_card (
    id bigint NOT NULL,
    number text NOT NULL,
    mark character varying(64) NOT NULL,
    tail character varying(4) NOT NULL,
    state character varying(8) NOT NULL,
    is_simulated boolean NOT NULL,
    made_at timestamp with time zone NOT NULL
);

ALTER TABLE public.transit_card ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_card_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_change (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    title character varying(120) NOT NULL,
    text text NOT NULL,
    title_en character varying(200) NOT NULL,
    text_en text NOT NULL,
    lines character varying(120)[] NOT NULL,
    direction character varying(1) NOT NULL,
    stops character varying(120)[] NOT NULL,
    trips character varying(120)[] NOT NULL,
    begin_at timestamp with time zone NOT NULL,
    end_at timestamp with time zone,
    details jsonb NOT NULL,
    cause smallint NOT NULL,
    severity smallint NOT NULL,
    state character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    ended_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    made_by_id bigint,
    amended_at timestamp with time zone,
    amended_by_id bigint,
    ended_by_id bigint,
    published_by_id bigint,
    CONSTRAINT change_ends_after_it_begins CHECK (((end_at IS NULL) OR (end_at > begin_at))),
    CONSTRAINT transit_change_cause_check CHECK ((cause >= 0)),
    CONSTRAINT transit_change_severity_check CHECK ((severity >= 0))
);

ALTER TABLE public.transit_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_changeevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    title character varying(120) NOT NULL,
    text text NOT NULL,
    title_en character varying(200) NOT NULL,
    text_en text NOT NULL,
    lines character varying(120)[] NOT NULL,
    direction character varying(1) NOT NULL,
    stops character varying(120)[] NOT NULL,
    trips character varying(120)[] NOT NULL,
    begin_at timestamp with time zone NOT NULL,
    end_at timestamp with time zone,
    details jsonb NOT NULL,
    cause smallint NOT NULL,
    severity smallint NOT NULL,
    state character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    amended_at timestamp with time zone,
    ended_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    amended_by_id bigint,
    ended_by_id bigint,
    made_by_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    published_by_id bigint,
    CONSTRAINT transit_changeevent_cause_check CHECK ((cause >= 0)),
    CONSTRAINT transit_changeevent_severity_check CHECK ((severity >= 0))
);

ALTER TABLE public.transit_changeevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_changeevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_draft (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    agencies jsonb NOT NULL,
    info jsonb NOT NULL,
    carried jsonb NOT NULL,
    summer character varying(4)[] NOT NULL,
    revision integer NOT NULL,
    is_simulated boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    base_id bigint,
    made_by_id bigint,
    CONSTRAINT draft_days_in_order CHECK ((valid_to >= valid_from)),
    CONSTRAINT transit_draft_revision_check CHECK ((revision >= 0))
);

ALTER TABLE public.transit_draft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_draftline (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    extra jsonb NOT NULL,
    short_name character varying(60) NOT NULL,
    long_name character varying(200) NOT NULL,
    kind character varying(4) NOT NULL,
    colour character varying(6) NOT NULL,
    text_colour character varying(6) NOT NULL,
    agency character varying(120) NOT NULL,
    "order" integer,
    draft_id bigint NOT NULL,
    CONSTRAINT transit_draftline_order_check CHECK (("order" >= 0))
);

ALTER TABLE public.transit_draftline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_draftline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_draftpattern (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    extra jsonb NOT NULL,
    name character varying(120) NOT NULL,
    direction character varying(1) NOT NULL,
    stops character varying(120)[] NOT NULL,
    path jsonb NOT NULL,
    shape character varying(120) NOT NULL,
    draft_id bigint NOT NULL,
    line_id bigint NOT NULL
);

ALTER TABLE public.transit_draftpattern ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_draftpattern_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_draftprofile (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    from_s integer NOT NULL,
    to_s integer NOT NULL,
    arrivals integer[] NOT NULL,
    departures integer[] NOT NULL,
    columns jsonb NOT NULL,
    pattern_id bigint NOT NULL,
    CONSTRAINT transit_draftprofile_from_s_check CHECK ((from_s >= 0)),
    CONSTRAINT transit_draftprofile_to_s_check CHECK ((to_s >= 0))
);

ALTER TABLE public.transit_draftprofile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_draftprofile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_draftservice (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    extra jsonb NOT NULL,
    name character varying(60) NOT NULL,
    day_types character varying(8)[] NOT NULL,
    seasons character varying(8)[] NOT NULL,
    week character varying(7) NOT NULL,
    first_on date,
    last_on date,
    added date[] NOT NULL,
    removed date[] NOT NULL,
    draft_id bigint NOT NULL
);

ALTER TABLE public.transit_draftservice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_draftservice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_draftstop (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    extra jsonb NOT NULL,
    name character varying(200) NOT NULL,
    code character varying(60) NOT NULL,
    lat double precision,
    lon double precision,
    kind character varying(1) NOT NULL,
    parent character varying(120) NOT NULL,
    is_accessible boolean,
    draft_id bigint NOT NULL
);

ALTER TABLE public.transit_draftstop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_draftstop_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_drafttrip (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    extra jsonb NOT NULL,
    start_s integer NOT NULL,
    headsign character varying(200) NOT NULL,
    block character varying(120) NOT NULL,
    is_accessible boolean,
    headways jsonb NOT NULL,
    draft_id bigint NOT NULL,
    pattern_id bigint NOT NULL,
    profile_id bigint NOT NULL,
    service_id bigint NOT NULL,
    CONSTRAINT transit_drafttrip_start_s_check CHECK ((start_s >= 0))
);

ALTER TABLE public.transit_drafttrip ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_drafttrip_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_edition (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    state character varying(12) NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    feed bytea NOT NULL,
    sha256 character varying(64) NOT NULL,
    notices jsonb NOT NULL,
    is_simulated boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    made_by_id bigint,
    published_by_id bigint,
    remark character varying(200) NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_by_id bigint,
    judged_at timestamp with time zone,
    line_ids character varying(120)[] NOT NULL,
    stop_ids character varying(120)[] NOT NULL,
    CONSTRAINT edition_days_in_order CHECK ((valid_to >= valid_from))
);

ALTER TABLE public.transit_edition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_edition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_feedpoll (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    outcome character varying(10) NOT NULL,
    status smallint NOT NULL,
    took_ms integer NOT NULL,
    size_bytes integer NOT NULL,
    header_at timestamp with time zone,
    vehicles integer NOT NULL,
    stored integer NOT NULL,
    repeated integer NOT NULL,
    left_out integer NOT NULL,
    reasons jsonb NOT NULL,
    code character varying(40) NOT NULL,
    words character varying(300) NOT NULL,
    feed_id bigint NOT NULL,
    CONSTRAINT transit_feedpoll_left_out_check CHECK ((left_out >= 0)),
    CONSTRAINT transit_feedpoll_repeated_check CHECK ((repeated >= 0)),
    CONSTRAINT transit_feedpoll_size_bytes_check CHECK ((size_bytes >= 0)),
    CONSTRAINT transit_feedpoll_status_check CHECK ((status >= 0)),
    CONSTRAINT transit_feedpoll_stored_check CHECK ((stored >= 0)),
    CONSTRAINT transit_feedpoll_took_ms_check CHECK ((took_ms >= 0)),
    CONSTRAINT transit_feedpoll_vehicles_check CHECK ((vehicles >= 0))
);

ALTER TABLE public.transit_feedpoll ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_feedpoll_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_feedupload (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    file_name character varying(200) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    feed bytea NOT NULL,
    state character varying(8) NOT NULL,
    notices jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    draft_id bigint,
    edition_id bigint,
    made_by_id bigint,
    CONSTRAINT transit_feedupload_size_check CHECK ((size >= 0))
);

ALTER TABLE public.transit_feedupload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_feedupload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_forecast (
    run_id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    first_stop smallint NOT NULL,
    arrivals bigint[] NOT NULL,
    departures bigint[] NOT NULL,
    earliest bigint[] NOT NULL,
    latest bigint[] NOT NULL,
    source character varying(12) NOT NULL,
    mark character varying(20) NOT NULL,
    reason jsonb NOT NULL,
    CONSTRAINT transit_forecast_first_stop_check CHECK ((first_stop >= 0))
)
WITH (fillfactor='60', autovacuum_vacuum_scale_factor='0.05', autovacuum_vacuum_cost_delay='0');

CREATE TABLE public.transit_learntday (
    id bigint NOT NULL,
    day date NOT NULL,
    runs integer NOT NULL,
    passages integer NOT NULL,
    positions integer NOT NULL,
    driven bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT transit_learntday_passages_check CHECK ((passages >= 0)),
    CONSTRAINT transit_learntday_positions_check CHECK ((positions >= 0)),
    CONSTRAINT transit_learntday_runs_check CHECK ((runs >= 0))
);

ALTER TABLE public.transit_learntday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_learntday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_learntmodel (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    days integer NOT NULL,
    rows integer NOT NULL,
    has_model boolean NOT NULL,
    packed bytea NOT NULL,
    figures jsonb NOT NULL,
    CONSTRAINT transit_learntmodel_days_check CHECK ((days >= 0)),
    CONSTRAINT transit_learntmodel_rows_check CHECK ((rows >= 0))
);

ALTER TABLE public.transit_learntmodel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_learntmodel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_ledgeraccount (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    provider character varying(20) NOT NULL,
    balance_fen bigint NOT NULL,
    card_id bigint,
    CONSTRAINT card_is_never_overdrawn CHECK (((NOT ((kind)::text = 'card'::text)) OR (balance_fen <= 0))),
    CONSTRAINT ledger_account_of_card CHECK ((((card_id IS NOT NULL) AND ((kind)::text = 'card'::text)) OR ((NOT ((kind)::text = 'card'::text)) AND (card_id IS NULL))))
);

ALTER TABLE public.transit_ledgeraccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_ledgeraccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_order (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    day date NOT NULL,
    trip_id character varying(120) NOT NULL,
    start_time character varying(8) NOT NULL,
    text character varying(500) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    bus_id bigint,
    change_id bigint,
    command_id bigint,
    made_by_id bigint,
    place smallint,
    hold_s integer NOT NULL,
    CONSTRAINT transit_order_hold_s_check CHECK ((hold_s >= 0)),
    CONSTRAINT transit_order_place_check CHECK ((place >= 0))
);

ALTER TABLE public.transit_order ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_outsidefeed (
    id bigint NOT NULL,
    key character varying(20) NOT NULL,
    name character varying(120) NOT NULL,
    url character varying(500) NOT NULL,
    headers text NOT NULL,
    interval_s integer NOT NULL,
    is_active boolean NOT NULL,
    state character varying(10) NOT NULL,
    etag character varying(200) NOT NULL,
    last_modified character varying(60) NOT NULL,
    header_at timestamp with time zone,
    polled_at timestamp with time zone,
    taken_at timestamp with time zone,
    next_at timestamp with time zone NOT NULL,
    failures integer NOT NULL,
    code character varying(40) NOT NULL,
    words character varying(300) NOT NULL,
    vehicles integer NOT NULL,
    with_trip integer NOT NULL,
    matched integer NOT NULL,
    is_simulated boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint,
    owner_id bigint,
    CONSTRAINT outside_feed_interval CHECK ((interval_s >= 5)),
    CONSTRAINT transit_outsidefeed_failures_check CHECK ((failures >= 0)),
    CONSTRAINT transit_outsidefeed_interval_s_check CHECK ((interval_s >= 0)),
    CONSTRAINT transit_outsidefeed_matched_check CHECK ((matched >= 0)),
    CONSTRAINT transit_outsidefeed_vehicles_check CHECK ((vehicles >= 0)),
    CONSTRAINT transit_outsidefeed_with_trip_check CHECK ((with_trip >= 0))
);

ALTER TABLE public.transit_outsidefeed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_outsidefeed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_payment (
    id bigint NOT NULL,
    provider character varying(20) NOT NULL,
    reference character varying(64) NOT NULL,
    amount_fen integer NOT NULL,
    use character varying(8) NOT NULL,
    paid_at timestamp with time zone NOT NULL,
    top_up_id bigint NOT NULL,
    CONSTRAINT transit_payment_amount_fen_check CHECK ((amount_fen >= 0))
);

ALTER TABLE public.transit_payment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_paymentnotice (
    id bigint NOT NULL,
    provider character varying(20) NOT NULL,
    event character varying(64) NOT NULL,
    about character varying(24) NOT NULL,
    body text NOT NULL,
    outcome character varying(12) NOT NULL,
    times integer NOT NULL,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT transit_paymentnotice_times_check CHECK ((times >= 0))
);

ALTER TABLE public.transit_paymentnotice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_paymentnotice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_playlist (
    id bigint NOT NULL,
    state character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    title character varying(80) NOT NULL,
    groups character varying(40)[] NOT NULL,
    begin_on date,
    end_on date,
    weekdays smallint[] NOT NULL,
    from_time time without time zone,
    to_time time without time zone,
    priority smallint NOT NULL,
    approved_by_id bigint,
    made_by_id bigint NOT NULL,
    CONSTRAINT transit_playlist_four_eyes CHECK (((NOT ((state)::text = 'published'::text)) OR ((approved_by_id IS NOT NULL) AND (NOT ((approved_by_id = made_by_id) AND (approved_by_id IS NOT NULL)))))),
    CONSTRAINT transit_playlist_priority_check CHECK ((priority >= 0))
);

ALTER TABLE public.transit_playlist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_playlist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_playlistitem (
    id bigint NOT NULL,
    place smallint NOT NULL,
    kind character varying(12) NOT NULL,
    title character varying(80) NOT NULL,
    text text NOT NULL,
    seconds smallint NOT NULL,
    bulletin_id bigint,
    file_id bigint,
    playlist_id bigint NOT NULL,
    CONSTRAINT transit_playlistitem_place_check CHECK ((place >= 0)),
    CONSTRAINT transit_playlistitem_seconds_check CHECK ((seconds >= 0))
);

ALTER TABLE public.transit_playlistitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_playlistitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_posting (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    kind character varying(16) NOT NULL,
    note character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.transit_posting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_posting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_postingline (
    id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    account_id bigint NOT NULL,
    posting_id bigint NOT NULL,
    CONSTRAINT posting_line_is_money CHECK ((NOT (amount_fen = 0)))
);

ALTER TABLE public.transit_postingline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_postingline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_prediction (
    run_id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    first_stop smallint NOT NULL,
    source "char" NOT NULL,
    mark "char" NOT NULL,
    arrivals smallint[] NOT NULL,
    earliest smallint[] NOT NULL,
    latest smallint[] NOT NULL
)
PARTITION BY RANGE (made_at);

CREATE TABLE public.transit_publicvisit (
    id bigint NOT NULL,
    mark character varying(120) NOT NULL,
    span bigint NOT NULL,
    count integer NOT NULL,
    CONSTRAINT transit_publicvisit_count_check CHECK ((count >= 0))
);

ALTER TABLE public.transit_publicvisit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_publicvisit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_publishedfeed (
    kind character varying(20) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    body bytea NOT NULL,
    etag character varying(64) NOT NULL
);

CREATE TABLE public.transit_refund (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    amount_fen integer NOT NULL,
    reason character varying(200) NOT NULL,
    state character varying(8) NOT NULL,
    is_automatic boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    ended_at timestamp with time zone,
    reference character varying(64) NOT NULL,
    asked_by_id bigint,
    decided_by_id bigint,
    payment_id bigint NOT NULL,
    CONSTRAINT refund_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT refund_needs_two CHECK (((decided_by_id IS NULL) OR (asked_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL) AND (asked_by_id IS NOT NULL))))),
    CONSTRAINT transit_refund_amount_fen_check CHECK ((amount_fen >= 0))
);

ALTER TABLE public.transit_refund ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_refund_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_run (
    id bigint NOT NULL,
    day date NOT NULL,
    trip_id character varying(120) NOT NULL,
    start_time character varying(8) NOT NULL,
    route_id character varying(120) NOT NULL,
    direction character varying(1) NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    assigned_by character varying(8) NOT NULL,
    state character varying(12) NOT NULL,
    since timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    lon double precision,
    lat double precision,
    bearing double precision,
    speed_kmh double precision,
    along_m double precision,
    delay_s double precision,
    next_stop smallint NOT NULL,
    occupancy smallint,
    headway_s double precision,
    is_bunched boolean NOT NULL,
    passed_at timestamp with time zone[] NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    bus_id bigint,
    edition_id bigint NOT NULL,
    CONSTRAINT transit_run_next_stop_check CHECK ((next_stop >= 0)),
    CONSTRAINT transit_run_occupancy_check CHECK ((occupancy >= 0))
)
WITH (fillfactor='60', autovacuum_vacuum_scale_factor='0.05', autovacuum_vacuum_cost_delay='0');

ALTER TABLE public.transit_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_score (
    id bigint NOT NULL,
    day date NOT NULL,
    route_id character varying(120) NOT NULL,
    line character varying(120) NOT NULL,
    visits integer NOT NULL,
    forecast integer NOT NULL,
    "right" integer NOT NULL,
    judged integer NOT NULL,
    covered integer NOT NULL,
    figures jsonb NOT NULL,
    is_simulated boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT transit_score_covered_check CHECK ((covered >= 0)),
    CONSTRAINT transit_score_forecast_check CHECK ((forecast >= 0)),
    CONSTRAINT transit_score_judged_check CHECK ((judged >= 0)),
    CONSTRAINT transit_score_right_check CHECK (("right" >= 0)),
    CONSTRAINT transit_score_visits_check CHECK ((visits >= 0))
);

ALTER TABLE public.transit_score ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_score_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_screen (
    id bigint NOT NULL,
    key character varying(24) NOT NULL,
    name character varying(60) NOT NULL,
    stops character varying(120)[] NOT NULL,
    "group" character varying(40) NOT NULL,
    is_active boolean NOT NULL,
    seen_at timestamp with time zone,
    version character varying(20) NOT NULL,
    software character varying(20) NOT NULL,
    condition jsonb NOT NULL,
    is_simulated boolean NOT NULL,
    made_at timestamp with time zone NOT NULL
);

ALTER TABLE public.transit_screen ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_screen_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_shop (
    id bigint NOT NULL,
    state character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    reason character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    name character varying(60) NOT NULL,
    trade character varying(30) NOT NULL,
    text character varying(300) NOT NULL,
    address character varying(200) NOT NULL,
    phone character varying(40) NOT NULL,
    hours character varying(60) NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    is_paid boolean NOT NULL,
    until_on date,
    approved_by_id bigint,
    made_by_id bigint NOT NULL,
    picture_id bigint,
    CONSTRAINT transit_shop_four_eyes CHECK (((NOT ((state)::text = 'published'::text)) OR ((approved_by_id IS NOT NULL) AND (NOT ((approved_by_id = made_by_id) AND (approved_by_id IS NOT NULL))))))
);

ALTER TABLE public.transit_shop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_shop_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_showing (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    title character varying(80) NOT NULL,
    kind character varying(12) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    seconds double precision NOT NULL,
    is_whole boolean NOT NULL,
    told_at timestamp with time zone NOT NULL,
    item_id bigint,
    screen_id bigint NOT NULL
);

ALTER TABLE public.transit_showing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_showing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_statement (
    id bigint NOT NULL,
    provider character varying(20) NOT NULL,
    day date NOT NULL,
    rows integer NOT NULL,
    net_fen bigint NOT NULL,
    fee_fen bigint NOT NULL,
    differences jsonb NOT NULL,
    is_settled boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT transit_statement_rows_check CHECK ((rows >= 0))
);

ALTER TABLE public.transit_statement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_terminalmedia (
    id bigint NOT NULL,
    report_key character varying(160) NOT NULL,
    kind character varying(8) NOT NULL,
    event smallint NOT NULL,
    channel smallint NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    lon double precision,
    lat double precision,
    refused character varying(200) NOT NULL,
    is_simulated boolean NOT NULL,
    received_at timestamp with time zone NOT NULL,
    bus_id bigint,
    device_id bigint NOT NULL,
    file_id bigint,
    CONSTRAINT transit_terminalmedia_channel_check CHECK ((channel >= 0)),
    CONSTRAINT transit_terminalmedia_event_check CHECK ((event >= 0))
);

ALTER TABLE public.transit_terminalmedia ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_terminalmedia_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_testpayment (
    id bigint NOT NULL,
    reference character varying(64) NOT NULL,
    about character varying(24) NOT NULL,
    kind character varying(8) NOT NULL,
    amount_fen integer NOT NULL,
    state character varying(8) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT transit_testpayment_amount_fen_check CHECK ((amount_fen >= 0))
);

ALTER TABLE public.transit_testpayment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_testpayment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_topup (
    id bigint NOT NULL,
    number character varying(24) NOT NULL,
    key character varying(43) NOT NULL,
    amount_fen integer NOT NULL,
    provider character varying(20) NOT NULL,
    pay_url character varying(400) NOT NULL,
    state character varying(8) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    paid_at timestamp with time zone,
    is_simulated boolean NOT NULL,
    card_id bigint NOT NULL,
    CONSTRAINT top_up_is_money CHECK ((amount_fen > 0)),
    CONSTRAINT transit_topup_amount_fen_check CHECK ((amount_fen >= 0))
);

ALTER TABLE public.transit_topup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_topup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.transit_weather (
    id bigint NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    days jsonb NOT NULL,
    warning character varying(200) NOT NULL,
    warning_until timestamp with time zone,
    source character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    is_simulated boolean NOT NULL,
    made_by_id bigint
);

ALTER TABLE public.transit_weather ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.transit_weather_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ui_savedview (
    id bigint NOT NULL,
    "table" character varying(100) NOT NULL,
    path character varying(200) NOT NULL,
    title character varying(60) NOT NULL,
    query character varying(2000) NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL
);

ALTER TABLE public.ui_savedview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ui_savedview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.devices_position ALTER COLUMN number SET DEFAULT nextval('public.devices_position_number'::regclass);

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

ALTER TABLE ONLY public.programme_acceptanceitem
    ADD CONSTRAINT acceptance_order UNIQUE (project_id, "order");

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_announcement_audience
    ADD CONSTRAINT affairs_announcement_aud_announcement_id_organisa_918a71c0_uniq UNIQUE (announcement_id, organisation_id);

ALTER TABLE ONLY public.affairs_announcement_audience
    ADD CONSTRAINT affairs_announcement_audience_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_announcement
    ADD CONSTRAINT affairs_announcement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_assignment
    ADD CONSTRAINT affairs_assignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_attendance
    ADD CONSTRAINT affairs_attendance_once UNIQUE (meeting_id, member_id);

ALTER TABLE ONLY public.affairs_attendance
    ADD CONSTRAINT affairs_attendance_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_ballot
    ADD CONSTRAINT affairs_ballot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_concern
    ADD CONSTRAINT affairs_concern_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.affairs_concern
    ADD CONSTRAINT affairs_concern_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_concernmove
    ADD CONSTRAINT affairs_concernmove_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_concernparty
    ADD CONSTRAINT affairs_concernparty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_contradiction
    ADD CONSTRAINT affairs_contradiction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_count
    ADD CONSTRAINT affairs_count_once UNIQUE (ballot_id, option);

ALTER TABLE ONLY public.affairs_count
    ADD CONSTRAINT affairs_count_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_errand
    ADD CONSTRAINT affairs_errand_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_guide
    ADD CONSTRAINT affairs_guide_name_key UNIQUE (name);

ALTER TABLE ONLY public.affairs_guide
    ADD CONSTRAINT affairs_guide_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_itemrule
    ADD CONSTRAINT affairs_item_rule_once UNIQUE (register_id, kind, item, "order", other);

ALTER TABLE ONLY public.affairs_itemrule
    ADD CONSTRAINT affairs_itemrule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_meeting
    ADD CONSTRAINT affairs_meeting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_member
    ADD CONSTRAINT affairs_member_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_piece
    ADD CONSTRAINT affairs_piece_once UNIQUE (assignment_id, organisation_id);

ALTER TABLE ONLY public.affairs_piece
    ADD CONSTRAINT affairs_piece_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_piecestep
    ADD CONSTRAINT affairs_piecestep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_proposal
    ADD CONSTRAINT affairs_proposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_proposalstep
    ADD CONSTRAINT affairs_proposal_step_once UNIQUE (proposal_id, stage);

ALTER TABLE ONLY public.affairs_proposalstep
    ADD CONSTRAINT affairs_proposalstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_receipt
    ADD CONSTRAINT affairs_receipt_once UNIQUE (announcement_id, account_id);

ALTER TABLE ONLY public.affairs_receipt
    ADD CONSTRAINT affairs_receipt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_shift
    ADD CONSTRAINT affairs_shift_one_place EXCLUDE USING gist (account_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ((cancelled_at IS NULL));

ALTER TABLE ONLY public.affairs_shift
    ADD CONSTRAINT affairs_shift_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_slip
    ADD CONSTRAINT affairs_slip_code_hash_key UNIQUE (code_hash);

ALTER TABLE ONLY public.affairs_slip
    ADD CONSTRAINT affairs_slip_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_swap
    ADD CONSTRAINT affairs_swap_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_visit
    ADD CONSTRAINT affairs_visit_once UNIQUE (account_id, key);

ALTER TABLE ONLY public.affairs_visit
    ADD CONSTRAINT affairs_visit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.affairs_voter
    ADD CONSTRAINT affairs_voter_once UNIQUE (ballot_id, label);

ALTER TABLE ONLY public.affairs_voter
    ADD CONSTRAINT affairs_voter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alerts_alarm
    ADD CONSTRAINT alerts_alarm_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alerts_alarmstep
    ADD CONSTRAINT alerts_alarmstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alerts_noticedelivery
    ADD CONSTRAINT alerts_delivery_once UNIQUE (notice_id, channel);

ALTER TABLE ONLY public.alerts_notice
    ADD CONSTRAINT alerts_notice_once UNIQUE (recipient_id, alarm_id, title);

ALTER TABLE ONLY public.alerts_notice
    ADD CONSTRAINT alerts_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alerts_noticedelivery
    ADD CONSTRAINT alerts_noticedelivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alerts_rule
    ADD CONSTRAINT alerts_rule_once UNIQUE (system, key);

ALTER TABLE ONLY public.alerts_rule
    ADD CONSTRAINT alerts_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alerts_ruleevent
    ADD CONSTRAINT alerts_ruleevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.alerts_smsmessage
    ADD CONSTRAINT alerts_smsmessage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alerts_suppression
    ADD CONSTRAINT alerts_suppression_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_appraisal
    ADD CONSTRAINT appraisal_once UNIQUE (year_id, unit_id);

ALTER TABLE ONLY public.programme_articleday
    ADD CONSTRAINT articleday_once UNIQUE (article_id, day, way);

ALTER TABLE ONLY public.transit_assignment
    ADD CONSTRAINT assignment_once UNIQUE (day, trip_id, start_time);

ALTER TABLE ONLY public.programme_attendance
    ADD CONSTRAINT attendance_once UNIQUE (meeting_id, unit_id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq UNIQUE (username, ip_address, user_agent);

ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptexpiration_pkey PRIMARY KEY (access_attempt_id);

ALTER TABLE ONLY public.axes_accessfailurelog
    ADD CONSTRAINT axes_accessfailurelog_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.axes_accesslog
    ADD CONSTRAINT axes_accesslog_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_bid
    ADD CONSTRAINT bid_once UNIQUE (procurement_id, firm_id);

ALTER TABLE ONLY public.brain_board
    ADD CONSTRAINT brain_board_name_once UNIQUE (owner_id, name);

ALTER TABLE ONLY public.brain_board
    ADD CONSTRAINT brain_board_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.brain_boardtile
    ADD CONSTRAINT brain_boardtile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.brain_savedquestion
    ADD CONSTRAINT brain_question_title_once UNIQUE (owner_id, title);

ALTER TABLE ONLY public.brain_questionrun
    ADD CONSTRAINT brain_questionrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.brain_savedquestion
    ADD CONSTRAINT brain_savedquestion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.brain_savedquestion
    ADD CONSTRAINT brain_savedquestion_product_id_key UNIQUE (product_id);

ALTER TABLE ONLY public.brain_savedquestionevent
    ADD CONSTRAINT brain_savedquestionevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.brain_themelink
    ADD CONSTRAINT brain_theme_link_once UNIQUE (expectation, resource_id);

ALTER TABLE ONLY public.brain_themelink
    ADD CONSTRAINT brain_themelink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.brain_boardtile
    ADD CONSTRAINT brain_tile_once UNIQUE (board_id, key);

ALTER TABLE ONLY public.programme_briefing
    ADD CONSTRAINT briefing_once UNIQUE (month, edition);

ALTER TABLE ONLY public.cases_alarmcase
    ADD CONSTRAINT cases_alarmcase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_callback
    ADD CONSTRAINT cases_callback_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_card
    ADD CONSTRAINT cases_card_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_number_key UNIQUE (number);

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_once UNIQUE (system, idempotency_key);

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_casecounter
    ADD CONSTRAINT cases_casecounter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_caselink
    ADD CONSTRAINT cases_caselink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_casecounter
    ADD CONSTRAINT cases_counter_once UNIQUE (prefix, "on");

ALTER TABLE ONLY public.cases_entry
    ADD CONSTRAINT cases_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_evaluation
    ADD CONSTRAINT cases_evaluation_once UNIQUE (case_id, side);

ALTER TABLE ONLY public.cases_evaluation
    ADD CONSTRAINT cases_evaluation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_extension
    ADD CONSTRAINT cases_extension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_feedback
    ADD CONSTRAINT cases_feedback_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_caselink
    ADD CONSTRAINT cases_link_once UNIQUE (source_id, target_id, kind);

ALTER TABLE ONLY public.cases_procedureversion
    ADD CONSTRAINT cases_procedureversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_supervision
    ADD CONSTRAINT cases_supervision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_suspension
    ADD CONSTRAINT cases_suspension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_task
    ADD CONSTRAINT cases_task_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_procedureversion
    ADD CONSTRAINT cases_version_once UNIQUE (system, key, number);

ALTER TABLE ONLY public.programme_commitment
    ADD CONSTRAINT commitment_of_contract_once UNIQUE (line_id, contract_id);

ALTER TABLE ONLY public.programme_commitment
    ADD CONSTRAINT commitment_of_subsidy_once UNIQUE (line_id, subsidy_id);

ALTER TABLE ONLY public.connectors_streammessage
    ADD CONSTRAINT connectors_message_once UNIQUE (source_id, key);

ALTER TABLE ONLY public.connectors_refusedrow
    ADD CONSTRAINT connectors_refused_position_once UNIQUE (run_id, "position");

ALTER TABLE ONLY public.connectors_refusedrow
    ADD CONSTRAINT connectors_refusedrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.connectors_run
    ADD CONSTRAINT connectors_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.connectors_source
    ADD CONSTRAINT connectors_source_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.connectors_sourceevent
    ADD CONSTRAINT connectors_sourceevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.connectors_sourcestate
    ADD CONSTRAINT connectors_sourcestate_pkey PRIMARY KEY (source_id);

ALTER TABLE ONLY public.connectors_streammessage
    ADD CONSTRAINT connectors_streammessage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_datasetsize
    ADD CONSTRAINT datasets_datasetsize_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_entryfile
    ADD CONSTRAINT datasets_entryfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_entryfile_resources
    ADD CONSTRAINT datasets_entryfile_resou_entryfile_id_resource_id_d1bad43b_uniq UNIQUE (entryfile_id, resource_id);

ALTER TABLE ONLY public.datasets_entryfile_resources
    ADD CONSTRAINT datasets_entryfile_resources_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_item
    ADD CONSTRAINT datasets_item_once UNIQUE (resource_id, name);

ALTER TABLE ONLY public.datasets_item
    ADD CONSTRAINT datasets_item_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_itemevent
    ADD CONSTRAINT datasets_itemevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.datasets_lakefile
    ADD CONSTRAINT datasets_lakefile_path_key UNIQUE (path);

ALTER TABLE ONLY public.datasets_lakefile
    ADD CONSTRAINT datasets_lakefile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_lineageedge
    ADD CONSTRAINT datasets_lineage_edge_once UNIQUE (origin_id, target_id, by);

ALTER TABLE ONLY public.datasets_lineagenode
    ADD CONSTRAINT datasets_lineage_node_once UNIQUE (kind, key);

ALTER TABLE ONLY public.datasets_lineageedge
    ADD CONSTRAINT datasets_lineageedge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_lineagenode
    ADD CONSTRAINT datasets_lineagenode_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_purge
    ADD CONSTRAINT datasets_purge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_purgeevent
    ADD CONSTRAINT datasets_purgeevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.datasets_qualityrule
    ADD CONSTRAINT datasets_qualityrule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_qualityruleevent
    ADD CONSTRAINT datasets_qualityruleevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.datasets_qualityscore
    ADD CONSTRAINT datasets_qualityscore_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_refusedentry
    ADD CONSTRAINT datasets_refusedentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_resource
    ADD CONSTRAINT datasets_resource_code_key UNIQUE (code);

ALTER TABLE ONLY public.datasets_resource
    ADD CONSTRAINT datasets_resource_name_key UNIQUE (name);

ALTER TABLE ONLY public.datasets_resource
    ADD CONSTRAINT datasets_resource_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_resource_related
    ADD CONSTRAINT datasets_resource_relate_from_resource_id_to_reso_9ae9ad3b_uniq UNIQUE (from_resource_id, to_resource_id);

ALTER TABLE ONLY public.datasets_resource_related
    ADD CONSTRAINT datasets_resource_related_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_resourceevent
    ADD CONSTRAINT datasets_resourceevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.datasets_shelfstep
    ADD CONSTRAINT datasets_shelfstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_datasetsize
    ADD CONSTRAINT datasets_size_once UNIQUE (system, key);

ALTER TABLE ONLY public.datasets_version
    ADD CONSTRAINT datasets_version_once UNIQUE (resource_id, number);

ALTER TABLE ONLY public.datasets_version
    ADD CONSTRAINT datasets_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets_visits
    ADD CONSTRAINT datasets_visits_once UNIQUE (mark, minute);

ALTER TABLE ONLY public.datasets_visits
    ADD CONSTRAINT datasets_visits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_decision
    ADD CONSTRAINT decision_order UNIQUE (meeting_id, "order");

ALTER TABLE ONLY public.programme_deliverable
    ADD CONSTRAINT deliverable_once UNIQUE (milestone_id, unit_id, title);

ALTER TABLE ONLY public.devices_devicenote
    ADD CONSTRAINT device_note_once UNIQUE (device_id, at, item, name);

ALTER TABLE ONLY public.devices_device
    ADD CONSTRAINT devices_device_code_key UNIQUE (code);

ALTER TABLE ONLY public.devices_device
    ADD CONSTRAINT devices_device_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.devices_devicecommand
    ADD CONSTRAINT devices_devicecommand_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.devices_deviceevent
    ADD CONSTRAINT devices_deviceevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.devices_devicelink
    ADD CONSTRAINT devices_devicelink_pkey PRIMARY KEY (device_id);

ALTER TABLE ONLY public.devices_devicenote
    ADD CONSTRAINT devices_devicenote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.devices_devicereport
    ADD CONSTRAINT devices_devicereport_key_key UNIQUE (key);

ALTER TABLE ONLY public.devices_devicereport
    ADD CONSTRAINT devices_devicereport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.devices_lakeday
    ADD CONSTRAINT devices_lakeday_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.devices_latest
    ADD CONSTRAINT devices_latest_pkey PRIMARY KEY (series_id);

ALTER TABLE ONLY public.devices_latestposition
    ADD CONSTRAINT devices_latestposition_pkey PRIMARY KEY (device_id);

ALTER TABLE ONLY public.devices_observation
    ADD CONSTRAINT devices_observation_pkey PRIMARY KEY (series_id, at);

ALTER TABLE ONLY public.devices_observationcount
    ADD CONSTRAINT devices_observationcount_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.devices_position
    ADD CONSTRAINT devices_position_pkey PRIMARY KEY (device_id, at, digest);

ALTER TABLE ONLY public.devices_positionlakeday
    ADD CONSTRAINT devices_positionlakeday_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.devices_quarantinedmessage
    ADD CONSTRAINT devices_quarantinedmessage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.devices_series
    ADD CONSTRAINT devices_series_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.devices_writerprogress
    ADD CONSTRAINT devices_writerprogress_pkey PRIMARY KEY (writer);

ALTER TABLE ONLY public.programme_statementdispute
    ADD CONSTRAINT dispute_line_once UNIQUE (statement_id, measure);

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.transit_draftline
    ADD CONSTRAINT draft_line_once UNIQUE (draft_id, key);

ALTER TABLE ONLY public.transit_draftpattern
    ADD CONSTRAINT draft_pattern_once UNIQUE (draft_id, key);

ALTER TABLE ONLY public.transit_draftservice
    ADD CONSTRAINT draft_service_once UNIQUE (draft_id, key);

ALTER TABLE ONLY public.transit_draftstop
    ADD CONSTRAINT draft_stop_once UNIQUE (draft_id, key);

ALTER TABLE ONLY public.transit_drafttrip
    ADD CONSTRAINT draft_trip_once UNIQUE (draft_id, key);

ALTER TABLE ONLY public.environment_dutyfulfilment
    ADD CONSTRAINT duty_done_once_per_period UNIQUE (duty_id, period_ends_on);

ALTER TABLE ONLY public.programme_effect
    ADD CONSTRAINT effect_once UNIQUE (project_id, system, key);

ALTER TABLE ONLY public.programme_enrolment
    ADD CONSTRAINT enrolled_once UNIQUE (course_id, account_id);

ALTER TABLE ONLY public.environment_airday
    ADD CONSTRAINT environment_airday_pkey PRIMARY KEY (point_id, "on");

ALTER TABLE ONLY public.environment_airhour
    ADD CONSTRAINT environment_airhour_pkey PRIMARY KEY (point_id, at);

ALTER TABLE ONLY public.environment_capturerate
    ADD CONSTRAINT environment_capturerate_pkey PRIMARY KEY (device_id, "on");

ALTER TABLE ONLY public.environment_casestep
    ADD CONSTRAINT environment_casestep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_correction
    ADD CONSTRAINT environment_correction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_dailyvalue
    ADD CONSTRAINT environment_dailyvalue_pkey PRIMARY KEY (series_id, "on");

ALTER TABLE ONLY public.environment_dutyfulfilment
    ADD CONSTRAINT environment_dutyfulfilment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_dutyfulfilmentevent
    ADD CONSTRAINT environment_dutyfulfilmentevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_evaluatedday
    ADD CONSTRAINT environment_evaluatedday_pkey PRIMARY KEY ("on");

ALTER TABLE ONLY public.environment_facility_outlets
    ADD CONSTRAINT environment_facility_out_facility_id_outlet_id_d441439c_uniq UNIQUE (facility_id, outlet_id);

ALTER TABLE ONLY public.environment_facility_outlets
    ADD CONSTRAINT environment_facility_outlets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_facility
    ADD CONSTRAINT environment_facility_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_facilityevent
    ADD CONSTRAINT environment_facilityevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_filerecord
    ADD CONSTRAINT environment_filerecord_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_filerecordevent
    ADD CONSTRAINT environment_filerecordevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_forecast
    ADD CONSTRAINT environment_forecast_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_forecastmodel
    ADD CONSTRAINT environment_forecastmodel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_forecastscore
    ADD CONSTRAINT environment_forecastscore_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_hourlyvalue
    ADD CONSTRAINT environment_hourlyvalue_pkey PRIMARY KEY (series_id, at);

ALTER TABLE ONLY public.environment_monitoringpoint
    ADD CONSTRAINT environment_monitoringpoint_code_key UNIQUE (code);

ALTER TABLE ONLY public.environment_monitoringpoint
    ADD CONSTRAINT environment_monitoringpoint_device_id_key UNIQUE (device_id);

ALTER TABLE ONLY public.environment_monitoringpoint
    ADD CONSTRAINT environment_monitoringpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_monitoringpointevent
    ADD CONSTRAINT environment_monitoringpointevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_noiseday
    ADD CONSTRAINT environment_noiseday_pkey PRIMARY KEY (point_id, "on");

ALTER TABLE ONLY public.environment_outlet
    ADD CONSTRAINT environment_outlet_device_id_key UNIQUE (device_id);

ALTER TABLE ONLY public.environment_outlet
    ADD CONSTRAINT environment_outlet_inlet_device_id_key UNIQUE (inlet_device_id);

ALTER TABLE ONLY public.environment_outlet
    ADD CONSTRAINT environment_outlet_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_outletday
    ADD CONSTRAINT environment_outletday_pkey PRIMARY KEY (outlet_id, item, "on");

ALTER TABLE ONLY public.environment_outletevent
    ADD CONSTRAINT environment_outletevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_permit
    ADD CONSTRAINT environment_permit_number_key UNIQUE (number);

ALTER TABLE ONLY public.environment_permit
    ADD CONSTRAINT environment_permit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_permitduty
    ADD CONSTRAINT environment_permitduty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_permitdutyevent
    ADD CONSTRAINT environment_permitdutyevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_permitevent
    ADD CONSTRAINT environment_permitevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_permitlimit
    ADD CONSTRAINT environment_permitlimit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_permitlimitevent
    ADD CONSTRAINT environment_permitlimitevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_permitquantity
    ADD CONSTRAINT environment_permitquantity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_permitquantityevent
    ADD CONSTRAINT environment_permitquantityevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_qualityfinding
    ADD CONSTRAINT environment_qualityfinding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_source
    ADD CONSTRAINT environment_source_code_key UNIQUE (code);

ALTER TABLE ONLY public.environment_source
    ADD CONSTRAINT environment_source_credit_code_key UNIQUE (credit_code);

ALTER TABLE ONLY public.environment_source
    ADD CONSTRAINT environment_source_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_sourceevent
    ADD CONSTRAINT environment_sourceevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_statemark
    ADD CONSTRAINT environment_statemark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_statemarkevent
    ADD CONSTRAINT environment_statemarkevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_supervisioncase
    ADD CONSTRAINT environment_supervisioncase_alarm_id_key UNIQUE (alarm_id);

ALTER TABLE ONLY public.environment_supervisioncase
    ADD CONSTRAINT environment_supervisioncase_number_key UNIQUE (number);

ALTER TABLE ONLY public.environment_supervisioncase
    ADD CONSTRAINT environment_supervisioncase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_supervisioncaseevent
    ADD CONSTRAINT environment_supervisioncaseevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.environment_waterday
    ADD CONSTRAINT environment_waterday_pkey PRIMARY KEY (point_id, "on");

ALTER TABLE ONLY public.events_receipt
    ADD CONSTRAINT events_receipt_pkey PRIMARY KEY (message);

ALTER TABLE ONLY public.environment_facility
    ADD CONSTRAINT facility_code_once_per_source UNIQUE (source_id, code);

ALTER TABLE ONLY public.feeds_change
    ADD CONSTRAINT feeds_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feeds_push
    ADD CONSTRAINT feeds_push_once UNIQUE (subscription_id, change_id);

ALTER TABLE ONLY public.feeds_push
    ADD CONSTRAINT feeds_push_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feeds_seen
    ADD CONSTRAINT feeds_seen_once UNIQUE (resource_id, subject);

ALTER TABLE ONLY public.feeds_seen
    ADD CONSTRAINT feeds_seen_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feeds_subscription
    ADD CONSTRAINT feeds_subscription_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feeds_subscriptionevent
    ADD CONSTRAINT feeds_subscriptionevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.files_filelink
    ADD CONSTRAINT files_filelink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.files_filelink
    ADD CONSTRAINT files_link_once UNIQUE (subject_kind, subject, file_id);

ALTER TABLE ONLY public.files_storedfile
    ADD CONSTRAINT files_storedfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_qualityfinding
    ADD CONSTRAINT finding_once_per_start UNIQUE (series_id, kind, from_at);

ALTER TABLE ONLY public.forms_apisession
    ADD CONSTRAINT forms_apisession_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_apisession
    ADD CONSTRAINT forms_apisession_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.forms_appuser_forms
    ADD CONSTRAINT forms_appuser_forms_appuser_id_form_id_2f4fc32a_uniq UNIQUE (appuser_id, form_id);

ALTER TABLE ONLY public.forms_appuser_forms
    ADD CONSTRAINT forms_appuser_forms_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_appuser
    ADD CONSTRAINT forms_appuser_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_appuser
    ADD CONSTRAINT forms_appuser_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.forms_entity
    ADD CONSTRAINT forms_entity_once UNIQUE (register_id, uuid);

ALTER TABLE ONLY public.forms_entity
    ADD CONSTRAINT forms_entity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_entitywrite
    ADD CONSTRAINT forms_entitywrite_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_formfile
    ADD CONSTRAINT forms_file_once UNIQUE (version_id, name);

ALTER TABLE ONLY public.forms_form_audience
    ADD CONSTRAINT forms_form_audience_form_id_organisation_id_193f3173_uniq UNIQUE (form_id, organisation_id);

ALTER TABLE ONLY public.forms_form_audience
    ADD CONSTRAINT forms_form_audience_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_form
    ADD CONSTRAINT forms_form_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_formfile
    ADD CONSTRAINT forms_formfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_formreview
    ADD CONSTRAINT forms_formreview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_formversion
    ADD CONSTRAINT forms_formversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_project
    ADD CONSTRAINT forms_project_name_key UNIQUE (name);

ALTER TABLE ONLY public.forms_project
    ADD CONSTRAINT forms_project_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_registeritem
    ADD CONSTRAINT forms_register_item_once UNIQUE (register_id, name);

ALTER TABLE ONLY public.forms_register
    ADD CONSTRAINT forms_register_once UNIQUE (project_id, name);

ALTER TABLE ONLY public.forms_register
    ADD CONSTRAINT forms_register_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_registersource
    ADD CONSTRAINT forms_register_source_once UNIQUE (register_id, resource_id);

ALTER TABLE ONLY public.forms_registeritem
    ADD CONSTRAINT forms_registeritem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_registersource
    ADD CONSTRAINT forms_registersource_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_submissionfile
    ADD CONSTRAINT forms_submission_file_once UNIQUE (version_id, name);

ALTER TABLE ONLY public.forms_submission
    ADD CONSTRAINT forms_submission_once UNIQUE (form_id, instance_id);

ALTER TABLE ONLY public.forms_submission
    ADD CONSTRAINT forms_submission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_submissionversion
    ADD CONSTRAINT forms_submission_version_once UNIQUE (submission_id, instance_id);

ALTER TABLE ONLY public.forms_submissioncomment
    ADD CONSTRAINT forms_submissioncomment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_submissionfile
    ADD CONSTRAINT forms_submissionfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_submissionsettlement
    ADD CONSTRAINT forms_submissionsettlement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_submissionversion
    ADD CONSTRAINT forms_submissionversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_waitingwrite
    ADD CONSTRAINT forms_waiting_once UNIQUE (register_id, uuid, submission_id);

ALTER TABLE ONLY public.forms_waitingwrite
    ADD CONSTRAINT forms_waitingwrite_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_webform
    ADD CONSTRAINT forms_webform_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_webform
    ADD CONSTRAINT forms_webform_version_id_key UNIQUE (version_id);

ALTER TABLE ONLY public.forms_entitywrite
    ADD CONSTRAINT forms_write_number UNIQUE (entity_id, version);

ALTER TABLE ONLY public.forms_entitywrite
    ADD CONSTRAINT forms_write_once UNIQUE (entity_id, key);

ALTER TABLE ONLY public.governance_camera
    ADD CONSTRAINT governance_camera_code_key UNIQUE (code);

ALTER TABLE ONLY public.governance_camera
    ADD CONSTRAINT governance_camera_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_careappeal
    ADD CONSTRAINT governance_careappeal_number_key UNIQUE (number);

ALTER TABLE ONLY public.governance_careappeal
    ADD CONSTRAINT governance_careappeal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_carecontent
    ADD CONSTRAINT governance_carecontent_pkey PRIMARY KEY (record_id);

ALTER TABLE ONLY public.governance_careerasure
    ADD CONSTRAINT governance_careerasure_once UNIQUE ("on", basis);

ALTER TABLE ONLY public.governance_careerasure
    ADD CONSTRAINT governance_careerasure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_carefigures
    ADD CONSTRAINT governance_carefigures_month_on_key UNIQUE (month_on);

ALTER TABLE ONLY public.governance_carefigures
    ADD CONSTRAINT governance_carefigures_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_carehelp
    ADD CONSTRAINT governance_carehelp_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_careplan
    ADD CONSTRAINT governance_careplan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_carerecord
    ADD CONSTRAINT governance_carerecord_number_key UNIQUE (number);

ALTER TABLE ONLY public.governance_carerecord
    ADD CONSTRAINT governance_carerecord_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_caretransfer
    ADD CONSTRAINT governance_caretransfer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_careunit
    ADD CONSTRAINT governance_careunit_once UNIQUE (organisation_id, kind);

ALTER TABLE ONLY public.governance_careunit
    ADD CONSTRAINT governance_careunit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_careunlock
    ADD CONSTRAINT governance_careunlock_one_at_a_time EXCLUDE USING gist (requested_by_id WITH =, tstzrange(approved_at, until_at) WITH &&) WHERE ((approved_at IS NOT NULL));

ALTER TABLE ONLY public.governance_careunlock
    ADD CONSTRAINT governance_careunlock_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_carevisit
    ADD CONSTRAINT governance_carevisit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_cataloguedifference
    ADD CONSTRAINT governance_cataloguedifference_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_gridcell
    ADD CONSTRAINT governance_cell_once_at_a_time EXCLUDE USING gist (code WITH =, tstzrange(valid_from, valid_to, '[)'::text) WITH &&);

ALTER TABLE ONLY public.governance_cellduty
    ADD CONSTRAINT governance_cell_one_lead EXCLUDE USING gist (cell_code WITH =, tstzrange(from_at, until_at, '[)'::text) WITH &&) WHERE (is_lead);

ALTER TABLE ONLY public.governance_cellduty
    ADD CONSTRAINT governance_cellduty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_checkpoint
    ADD CONSTRAINT governance_check_point_place UNIQUE (plan_id, place);

ALTER TABLE ONLY public.governance_checkpoint
    ADD CONSTRAINT governance_checkpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_dispute
    ADD CONSTRAINT governance_dispute_number_key UNIQUE (number);

ALTER TABLE ONLY public.governance_dispute
    ADD CONSTRAINT governance_dispute_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_disputeparty
    ADD CONSTRAINT governance_disputeparty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_disputestep
    ADD CONSTRAINT governance_disputestep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_inspectionfinding
    ADD CONSTRAINT governance_finding_once UNIQUE (inspection_id, item);

ALTER TABLE ONLY public.governance_gridcell_parents
    ADD CONSTRAINT governance_gridcell_pare_from_gridcell_id_to_grid_7f0e7706_uniq UNIQUE (from_gridcell_id, to_gridcell_id);

ALTER TABLE ONLY public.governance_gridcell_parents
    ADD CONSTRAINT governance_gridcell_parents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_gridcell
    ADD CONSTRAINT governance_gridcell_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_groupdispute
    ADD CONSTRAINT governance_groupdispute_number_key UNIQUE (number);

ALTER TABLE ONLY public.governance_groupdispute
    ADD CONSTRAINT governance_groupdispute_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_groupdisputestep
    ADD CONSTRAINT governance_groupdisputestep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_inspection
    ADD CONSTRAINT governance_inspection_key_key UNIQUE (key);

ALTER TABLE ONLY public.governance_inspection
    ADD CONSTRAINT governance_inspection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_inspectionfinding
    ADD CONSTRAINT governance_inspectionfinding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_keyplace
    ADD CONSTRAINT governance_keyplace_code_key UNIQUE (code);

ALTER TABLE ONLY public.governance_keyplace
    ADD CONSTRAINT governance_keyplace_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_keypoint
    ADD CONSTRAINT governance_keypoint_code_key UNIQUE (code);

ALTER TABLE ONLY public.governance_keypoint
    ADD CONSTRAINT governance_keypoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_patrol
    ADD CONSTRAINT governance_patrol_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_patrolplan
    ADD CONSTRAINT governance_patrolplan_name_key UNIQUE (name);

ALTER TABLE ONLY public.governance_patrolplan
    ADD CONSTRAINT governance_patrolplan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_post
    ADD CONSTRAINT governance_post_code_key UNIQUE (code);

ALTER TABLE ONLY public.governance_post
    ADD CONSTRAINT governance_post_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_programkey
    ADD CONSTRAINT governance_programkey_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.governance_programkey
    ADD CONSTRAINT governance_programkey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_reading
    ADD CONSTRAINT governance_reading_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.governance_reading
    ADD CONSTRAINT governance_reading_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_refusedrow
    ADD CONSTRAINT governance_refusedrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_reportimport
    ADD CONSTRAINT governance_reportimport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_shift
    ADD CONSTRAINT governance_shift_no_double_booking EXCLUDE USING gist (account_id WITH =, tstzrange(starts_at, ends_at, '[)'::text) WITH &&) WHERE ((cancelled_at IS NULL));

ALTER TABLE ONLY public.governance_shift
    ADD CONSTRAINT governance_shift_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_trackpoint
    ADD CONSTRAINT governance_track_point_once UNIQUE (patrol_id, at);

ALTER TABLE ONLY public.governance_trackpoint
    ADD CONSTRAINT governance_trackpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_trend
    ADD CONSTRAINT governance_trend_once UNIQUE (kind, "on");

ALTER TABLE ONLY public.governance_trend
    ADD CONSTRAINT governance_trend_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_videoalarm
    ADD CONSTRAINT governance_videoalarm_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_videoalarm
    ADD CONSTRAINT governance_videoalarm_report_id_key UNIQUE (report_id);

ALTER TABLE ONLY public.governance_videogrant_cameras
    ADD CONSTRAINT governance_videogrant_ca_videogrant_id_camera_id_8a5ec07e_uniq UNIQUE (videogrant_id, camera_id);

ALTER TABLE ONLY public.governance_videogrant_cameras
    ADD CONSTRAINT governance_videogrant_cameras_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_videogrant
    ADD CONSTRAINT governance_videogrant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_videosource
    ADD CONSTRAINT governance_videosource_pkey PRIMARY KEY (device_id);

ALTER TABLE ONLY public.governance_viewing
    ADD CONSTRAINT governance_viewing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.governance_visits
    ADD CONSTRAINT governance_visits_once UNIQUE (mark, span);

ALTER TABLE ONLY public.governance_visits
    ADD CONSTRAINT governance_visits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grants_client
    ADD CONSTRAINT grants_client_application_id_key UNIQUE (application_id);

ALTER TABLE ONLY public.grants_client
    ADD CONSTRAINT grants_client_name_once UNIQUE (organisation_id, name);

ALTER TABLE ONLY public.grants_client
    ADD CONSTRAINT grants_client_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grants_clientevent
    ADD CONSTRAINT grants_clientevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.grants_export
    ADD CONSTRAINT grants_export_key_key UNIQUE (key);

ALTER TABLE ONLY public.grants_export
    ADD CONSTRAINT grants_export_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_number_key UNIQUE (number);

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grants_grantevent
    ADD CONSTRAINT grants_grantevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.grants_need
    ADD CONSTRAINT grants_need_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grants_objection
    ADD CONSTRAINT grants_objection_number_key UNIQUE (number);

ALTER TABLE ONLY public.grants_objection
    ADD CONSTRAINT grants_objection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grants_objectionevent
    ADD CONSTRAINT grants_objectionevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.grants_request
    ADD CONSTRAINT grants_request_number_key UNIQUE (number);

ALTER TABLE ONLY public.grants_request
    ADD CONSTRAINT grants_request_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grants_requestevent
    ADD CONSTRAINT grants_requestevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.grants_seal
    ADD CONSTRAINT grants_seal_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.grants_seal
    ADD CONSTRAINT grants_seal_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.grants_seal
    ADD CONSTRAINT grants_seal_use_id_key UNIQUE (use_id);

ALTER TABLE ONLY public.grants_spent
    ADD CONSTRAINT grants_spent_pkey PRIMARY KEY (grant_id);

ALTER TABLE ONLY public.grants_use
    ADD CONSTRAINT grants_use_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grants_usesubjects
    ADD CONSTRAINT grants_usesubjects_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_invitation
    ADD CONSTRAINT invited_once UNIQUE (review_id, expert_id);

ALTER TABLE ONLY public.jobs_heartbeat
    ADD CONSTRAINT jobs_heartbeat_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.jobs_workprogress
    ADD CONSTRAINT jobs_workprogress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.kpis_kpimeasurement
    ADD CONSTRAINT kpis_kpimeasurement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.kpis_kpimeasurement
    ADD CONSTRAINT kpis_measurement_daily UNIQUE (system, key, "on");

ALTER TABLE ONLY public.programme_lesson
    ADD CONSTRAINT lesson_order UNIQUE (course_id, "order");

ALTER TABLE ONLY public.programme_loanmovement
    ADD CONSTRAINT loan_movement_once UNIQUE (loan_id, document);

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_milestonelink
    ADD CONSTRAINT milestone_link_once UNIQUE (before_id, after_id);

ALTER TABLE ONLY public.programme_milestone
    ADD CONSTRAINT milestone_once UNIQUE (task_id, title);

ALTER TABLE ONLY public.programme_monthlyreport
    ADD CONSTRAINT monthly_report_once UNIQUE (task_id, month);

ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_id_token_id_key UNIQUE (id_token_id);

ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_source_refresh_token_id_key UNIQUE (source_refresh_token_id);

ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_token_checksum_85319a26_uniq UNIQUE (token_checksum);

ALTER TABLE ONLY public.oauth2_provider_application
    ADD CONSTRAINT oauth2_provider_application_client_id_key UNIQUE (client_id);

ALTER TABLE ONLY public.oauth2_provider_application
    ADD CONSTRAINT oauth2_provider_application_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oauth2_provider_devicegrant
    ADD CONSTRAINT oauth2_provider_devicegrant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oauth2_provider_devicegrant
    ADD CONSTRAINT oauth2_provider_devicegrant_unique_device_code UNIQUE (device_code);

ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_grant_code_key UNIQUE (code);

ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_grant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idtoken_jti_key UNIQUE (jti);

ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idtoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refresht_token_checksum_revoked_46c81d1d_uniq UNIQUE (token_checksum, revoked);

ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refreshtoken_access_token_id_key UNIQUE (access_token_id);

ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refreshtoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.environment_forecastmodel
    ADD CONSTRAINT one_forecast_model_per_target UNIQUE (point_id, item);

ALTER TABLE ONLY public.environment_forecast
    ADD CONSTRAINT one_forecast_per_run_and_time UNIQUE (point_id, item, period, made_at, for_at);

ALTER TABLE ONLY public.environment_forecastscore
    ADD CONSTRAINT one_forecast_score_per_stretch UNIQUE NULLS NOT DISTINCT (kind, point_id, hours);

ALTER TABLE ONLY public.environment_permitlimit
    ADD CONSTRAINT one_limit_per_outlet_item_period_start UNIQUE (permit_id, outlet_id, item, period, valid_from_on);

ALTER TABLE ONLY public.environment_permitquantity
    ADD CONSTRAINT one_quantity_per_outlet_item_year UNIQUE NULLS NOT DISTINCT (permit_id, outlet_id, item, year);

ALTER TABLE ONLY public.ui_savedview
    ADD CONSTRAINT one_view_per_title UNIQUE (account_id, "table", path, title);

ALTER TABLE ONLY public.environment_outlet
    ADD CONSTRAINT outlet_code_once_per_source UNIQUE (source_id, code);

ALTER TABLE ONLY public.parties_attribute
    ADD CONSTRAINT parties_attribute_once UNIQUE (party_id, key, source_id, mark);

ALTER TABLE ONLY public.parties_attribute
    ADD CONSTRAINT parties_attribute_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_candidate
    ADD CONSTRAINT parties_candidate_once UNIQUE (left_id, right_id);

ALTER TABLE ONLY public.parties_candidate
    ADD CONSTRAINT parties_candidate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_merge
    ADD CONSTRAINT parties_merge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_name
    ADD CONSTRAINT parties_name_once UNIQUE (party_id, name, kind, source_id);

ALTER TABLE ONLY public.parties_name
    ADD CONSTRAINT parties_name_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_number
    ADD CONSTRAINT parties_number_once UNIQUE (kind, digest);

ALTER TABLE ONLY public.parties_number
    ADD CONSTRAINT parties_number_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_objection
    ADD CONSTRAINT parties_objection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_party
    ADD CONSTRAINT parties_party_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_precedence
    ADD CONSTRAINT parties_precedence_once UNIQUE (key, source_id);

ALTER TABLE ONLY public.parties_precedence
    ADD CONSTRAINT parties_precedence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_precedenceevent
    ADD CONSTRAINT parties_precedenceevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.parties_relation
    ADD CONSTRAINT parties_relation_once UNIQUE (party_id, kind, other_id, source_id);

ALTER TABLE ONLY public.parties_relation
    ADD CONSTRAINT parties_relation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_source
    ADD CONSTRAINT parties_source_key_key UNIQUE (key);

ALTER TABLE ONLY public.parties_source
    ADD CONSTRAINT parties_source_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_source
    ADD CONSTRAINT parties_source_resource_id_key UNIQUE (resource_id);

ALTER TABLE ONLY public.parties_sourceevent
    ADD CONSTRAINT parties_sourceevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.parties_split
    ADD CONSTRAINT parties_split_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parties_taken
    ADD CONSTRAINT parties_taken_once UNIQUE (resource_id, version);

ALTER TABLE ONLY public.parties_taken
    ADD CONSTRAINT parties_taken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_payment
    ADD CONSTRAINT payment_once UNIQUE (provider, reference);

ALTER TABLE ONLY public.programme_paymentterm
    ADD CONSTRAINT payment_term_order UNIQUE (contract_id, "order");

ALTER TABLE ONLY public.people_account
    ADD CONSTRAINT people_account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_account
    ADD CONSTRAINT people_account_username_key UNIQUE (username);

ALTER TABLE ONLY public.people_accountevent
    ADD CONSTRAINT people_accountevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.people_auditcheck
    ADD CONSTRAINT people_auditcheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_auditentry
    ADD CONSTRAINT people_auditentry_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.people_auditentry
    ADD CONSTRAINT people_auditentry_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.people_duty
    ADD CONSTRAINT people_duty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_dutyevent
    ADD CONSTRAINT people_dutyevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.people_lifestep
    ADD CONSTRAINT people_lifestep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_organisation
    ADD CONSTRAINT people_organisation_code_key UNIQUE (code);

ALTER TABLE ONLY public.people_organisation
    ADD CONSTRAINT people_organisation_path_key UNIQUE (path);

ALTER TABLE ONLY public.people_organisation
    ADD CONSTRAINT people_organisation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_organisationevent
    ADD CONSTRAINT people_organisationevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.people_pastpassword
    ADD CONSTRAINT people_pastpassword_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_signin
    ADD CONSTRAINT people_signin_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pghistory_context
    ADD CONSTRAINT pghistory_context_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.places_address
    ADD CONSTRAINT places_address_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.places_address
    ADD CONSTRAINT places_address_text_key UNIQUE (text);

ALTER TABLE ONLY public.places_division
    ADD CONSTRAINT places_division_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.programme_controlfinding
    ADD CONSTRAINT probe_once_a_run UNIQUE (run_id, probe);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_acceptance
    ADD CONSTRAINT programme_acceptance_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_acceptance
    ADD CONSTRAINT programme_acceptance_project_id_key UNIQUE (project_id);

ALTER TABLE ONLY public.programme_acceptance
    ADD CONSTRAINT programme_acceptance_run_id_key UNIQUE (run_id);

ALTER TABLE ONLY public.programme_acceptanceitem
    ADD CONSTRAINT programme_acceptanceitem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_acceptancerun
    ADD CONSTRAINT programme_acceptancerun_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.programme_acceptancerun
    ADD CONSTRAINT programme_acceptancerun_key_key UNIQUE (key);

ALTER TABLE ONLY public.programme_acceptancerun
    ADD CONSTRAINT programme_acceptancerun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_ledgeraccount
    ADD CONSTRAINT programme_account_once UNIQUE NULLS NOT DISTINCT (kind, line_id, commitment_id, payment_id, source);

ALTER TABLE ONLY public.programme_agendaitem
    ADD CONSTRAINT programme_agendaitem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_answercheck
    ADD CONSTRAINT programme_answercheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_appraisal
    ADD CONSTRAINT programme_appraisal_objection_id_key UNIQUE (objection_id);

ALTER TABLE ONLY public.programme_appraisal
    ADD CONSTRAINT programme_appraisal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_appraisalyear
    ADD CONSTRAINT programme_appraisalyear_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_appraisalyear
    ADD CONSTRAINT programme_appraisalyear_year_key UNIQUE (year);

ALTER TABLE ONLY public.programme_article
    ADD CONSTRAINT programme_article_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_articleday
    ADD CONSTRAINT programme_articleday_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_assetfiling
    ADD CONSTRAINT programme_assetfiling_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_attendance
    ADD CONSTRAINT programme_attendance_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_bid
    ADD CONSTRAINT programme_bid_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_bidobjection
    ADD CONSTRAINT programme_bidobjection_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.programme_bidobjection
    ADD CONSTRAINT programme_bidobjection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_briefing
    ADD CONSTRAINT programme_briefing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_budgetchange
    ADD CONSTRAINT programme_budgetchange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_carried_from_id_key UNIQUE (carried_from_id);

ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_code_key UNIQUE (code);

ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_certificate
    ADD CONSTRAINT programme_certificate_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_certificate
    ADD CONSTRAINT programme_certificate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_certificate
    ADD CONSTRAINT programme_certificate_sitting_id_key UNIQUE (sitting_id);

ALTER TABLE ONLY public.programme_commitment
    ADD CONSTRAINT programme_commitment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_contract
    ADD CONSTRAINT programme_contract_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_contract
    ADD CONSTRAINT programme_contract_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_controlevidence
    ADD CONSTRAINT programme_controlevidence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_controlfinding
    ADD CONSTRAINT programme_controlfinding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_controlrun
    ADD CONSTRAINT programme_controlrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_course
    ADD CONSTRAINT programme_course_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_course
    ADD CONSTRAINT programme_course_title_key UNIQUE (title);

ALTER TABLE ONLY public.programme_course_units
    ADD CONSTRAINT programme_course_units_course_id_organisation_id_e3694921_uniq UNIQUE (course_id, organisation_id);

ALTER TABLE ONLY public.programme_course_units
    ADD CONSTRAINT programme_course_units_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_decision
    ADD CONSTRAINT programme_decision_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.programme_decision
    ADD CONSTRAINT programme_decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_deliverable
    ADD CONSTRAINT programme_deliverable_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_draw
    ADD CONSTRAINT programme_draw_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_draw
    ADD CONSTRAINT programme_draw_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_drawshare
    ADD CONSTRAINT programme_drawshare_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_drillfinding
    ADD CONSTRAINT programme_drillfinding_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.programme_drillfinding
    ADD CONSTRAINT programme_drillfinding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_effect
    ADD CONSTRAINT programme_effect_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_effectreport
    ADD CONSTRAINT programme_effectreport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_effectreport
    ADD CONSTRAINT programme_effectreport_project_id_key UNIQUE (project_id);

ALTER TABLE ONLY public.programme_enrolment
    ADD CONSTRAINT programme_enrolment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_exam
    ADD CONSTRAINT programme_exam_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_exam
    ADD CONSTRAINT programme_exam_title_key UNIQUE (title);

ALTER TABLE ONLY public.programme_expert
    ADD CONSTRAINT programme_expert_account_id_key UNIQUE (account_id);

ALTER TABLE ONLY public.programme_expert
    ADD CONSTRAINT programme_expert_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_expert
    ADD CONSTRAINT programme_expert_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_firm_affiliates
    ADD CONSTRAINT programme_firm_affiliates_from_firm_id_to_firm_id_23e3d0fe_uniq UNIQUE (from_firm_id, to_firm_id);

ALTER TABLE ONLY public.programme_firm_affiliates
    ADD CONSTRAINT programme_firm_affiliates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_firm
    ADD CONSTRAINT programme_firm_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_firm
    ADD CONSTRAINT programme_firm_uscc_key UNIQUE (uscc);

ALTER TABLE ONLY public.programme_fundyear
    ADD CONSTRAINT programme_fundyear_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_fundyear
    ADD CONSTRAINT programme_fundyear_year_key UNIQUE (year);

ALTER TABLE ONLY public.programme_gatepassage
    ADD CONSTRAINT programme_gatepassage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_guarantee
    ADD CONSTRAINT programme_guarantee_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_guarantee
    ADD CONSTRAINT programme_guarantee_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_indicatorentry
    ADD CONSTRAINT programme_indicatorentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_invitation
    ADD CONSTRAINT programme_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_invitation
    ADD CONSTRAINT programme_invitation_stands_for_id_key UNIQUE (stands_for_id);

ALTER TABLE ONLY public.programme_ledgeraccount
    ADD CONSTRAINT programme_ledgeraccount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_lesson
    ADD CONSTRAINT programme_lesson_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_lessonread
    ADD CONSTRAINT programme_lessonread_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_loan
    ADD CONSTRAINT programme_loan_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_loan
    ADD CONSTRAINT programme_loan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_loanmovement
    ADD CONSTRAINT programme_loanmovement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_maintenance
    ADD CONSTRAINT programme_maintenance_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_manualresult
    ADD CONSTRAINT programme_manualresult_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_meeting
    ADD CONSTRAINT programme_meeting_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_meeting
    ADD CONSTRAINT programme_meeting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_milestone
    ADD CONSTRAINT programme_milestone_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_milestonechange
    ADD CONSTRAINT programme_milestonechange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_milestonelink
    ADD CONSTRAINT programme_milestonelink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_monthlyreport
    ADD CONSTRAINT programme_monthlyreport_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.programme_monthlyreport
    ADD CONSTRAINT programme_monthlyreport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_opinion
    ADD CONSTRAINT programme_opinion_invitation_id_key UNIQUE (invitation_id);

ALTER TABLE ONLY public.programme_opinion
    ADD CONSTRAINT programme_opinion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_participation
    ADD CONSTRAINT programme_participation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_payment
    ADD CONSTRAINT programme_payment_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_payment
    ADD CONSTRAINT programme_payment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_payment
    ADD CONSTRAINT programme_payment_voucher_key UNIQUE (voucher);

ALTER TABLE ONLY public.programme_paymentterm
    ADD CONSTRAINT programme_paymentterm_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_plantask
    ADD CONSTRAINT programme_plantask_clause_key UNIQUE (clause);

ALTER TABLE ONLY public.programme_plantask_helpers
    ADD CONSTRAINT programme_plantask_helpe_plantask_id_organisation_2790d210_uniq UNIQUE (plantask_id, organisation_id);

ALTER TABLE ONLY public.programme_plantask_helpers
    ADD CONSTRAINT programme_plantask_helpers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_plantask
    ADD CONSTRAINT programme_plantask_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_plantask
    ADD CONSTRAINT programme_plantask_system_key UNIQUE (system);

ALTER TABLE ONLY public.programme_posting
    ADD CONSTRAINT programme_posting_key_key UNIQUE (key);

ALTER TABLE ONLY public.programme_posting
    ADD CONSTRAINT programme_posting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_posting
    ADD CONSTRAINT programme_posting_reverses_id_key UNIQUE (reverses_id);

ALTER TABLE ONLY public.programme_postingline
    ADD CONSTRAINT programme_postingline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_processingactivity
    ADD CONSTRAINT programme_processingactivity_name_key UNIQUE (name);

ALTER TABLE ONLY public.programme_processingactivity
    ADD CONSTRAINT programme_processingactivity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_procurement
    ADD CONSTRAINT programme_procurement_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_procurement
    ADD CONSTRAINT programme_procurement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_project
    ADD CONSTRAINT programme_project_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_project
    ADD CONSTRAINT programme_project_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_project_tasks
    ADD CONSTRAINT programme_project_tasks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_project_tasks
    ADD CONSTRAINT programme_project_tasks_project_id_plantask_id_5fce7484_uniq UNIQUE (project_id, plantask_id);

ALTER TABLE ONLY public.programme_projectchange
    ADD CONSTRAINT programme_projectchange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_projectpaper
    ADD CONSTRAINT programme_projectpaper_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_publicevent
    ADD CONSTRAINT programme_publicevent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_publicityplan
    ADD CONSTRAINT programme_publicityplan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_publicityplan
    ADD CONSTRAINT programme_publicityplan_title_key UNIQUE (title);

ALTER TABLE ONLY public.programme_publicitystep
    ADD CONSTRAINT programme_publicitystep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_question
    ADD CONSTRAINT programme_question_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_receipt
    ADD CONSTRAINT programme_receipt_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_receipt
    ADD CONSTRAINT programme_receipt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_recomputation
    ADD CONSTRAINT programme_recomputation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_review
    ADD CONSTRAINT programme_review_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_review
    ADD CONSTRAINT programme_review_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_securityasset
    ADD CONSTRAINT programme_securityasset_key_key UNIQUE (key);

ALTER TABLE ONLY public.programme_securityasset
    ADD CONSTRAINT programme_securityasset_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_securitydrill_units
    ADD CONSTRAINT programme_securitydrill__securitydrill_id_organis_6da350f6_uniq UNIQUE (securitydrill_id, organisation_id);

ALTER TABLE ONLY public.programme_securitydrill
    ADD CONSTRAINT programme_securitydrill_incident_id_key UNIQUE (incident_id);

ALTER TABLE ONLY public.programme_securitydrill
    ADD CONSTRAINT programme_securitydrill_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_securitydrill_units
    ADD CONSTRAINT programme_securitydrill_units_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_securityincident
    ADD CONSTRAINT programme_securityincident_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.programme_securityincident
    ADD CONSTRAINT programme_securityincident_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_securityrisk
    ADD CONSTRAINT programme_securityrisk_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_serviceminute
    ADD CONSTRAINT programme_serviceminute_pkey PRIMARY KEY (at);

ALTER TABLE ONLY public.programme_serviceterms
    ADD CONSTRAINT programme_serviceterms_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_sitting
    ADD CONSTRAINT programme_sitting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_snapshot
    ADD CONSTRAINT programme_snapshot_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.programme_snapshot
    ADD CONSTRAINT programme_snapshot_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_snapshot
    ADD CONSTRAINT programme_snapshot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_staffnotice
    ADD CONSTRAINT programme_staffnotice_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.programme_staffnotice
    ADD CONSTRAINT programme_staffnotice_key_key UNIQUE (key);

ALTER TABLE ONLY public.programme_staffnotice
    ADD CONSTRAINT programme_staffnotice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_statement
    ADD CONSTRAINT programme_statement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_statementdispute
    ADD CONSTRAINT programme_statementdispute_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.programme_statementdispute
    ADD CONSTRAINT programme_statementdispute_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_subsidy
    ADD CONSTRAINT programme_subsidy_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_subsidy
    ADD CONSTRAINT programme_subsidy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_supervisionletter
    ADD CONSTRAINT programme_supervisionletter_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.programme_supervisionletter
    ADD CONSTRAINT programme_supervisionletter_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_supervisionletter
    ADD CONSTRAINT programme_supervisionletter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_supervisionreport
    ADD CONSTRAINT programme_supervisionreport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_supplieraccess
    ADD CONSTRAINT programme_supplieraccess_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_talent
    ADD CONSTRAINT programme_talent_account_id_key UNIQUE (account_id);

ALTER TABLE ONLY public.programme_talent
    ADD CONSTRAINT programme_talent_number_key UNIQUE (number);

ALTER TABLE ONLY public.programme_talent
    ADD CONSTRAINT programme_talent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_taskday
    ADD CONSTRAINT programme_taskday_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_taskrisk
    ADD CONSTRAINT programme_taskrisk_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_todayvisit
    ADD CONSTRAINT programme_todayvisit_account_id_key UNIQUE (account_id);

ALTER TABLE ONLY public.programme_todayvisit
    ADD CONSTRAINT programme_todayvisit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programme_projectchange
    ADD CONSTRAINT project_change_order UNIQUE (project_id, "order");

ALTER TABLE ONLY public.programme_lessonread
    ADD CONSTRAINT read_once UNIQUE (enrolment_id, lesson_id);

ALTER TABLE ONLY public.transit_run
    ADD CONSTRAINT run_once UNIQUE (day, trip_id, start_time);

ALTER TABLE ONLY public.transit_score
    ADD CONSTRAINT score_once UNIQUE (day, route_id);

ALTER TABLE ONLY public.devices_series
    ADD CONSTRAINT series_once UNIQUE (device_id, item, statistic, period);

ALTER TABLE ONLY public.programme_drawshare
    ADD CONSTRAINT share_name_once UNIQUE (draw_id, name);

ALTER TABLE ONLY public.programme_drawshare
    ADD CONSTRAINT share_once UNIQUE (draw_id, witness_id);

ALTER TABLE ONLY public.shared_cache
    ADD CONSTRAINT shared_cache_pkey PRIMARY KEY (cache_key);

ALTER TABLE ONLY public.transit_showing
    ADD CONSTRAINT showing_once UNIQUE (screen_id, key);

ALTER TABLE ONLY public.programme_statement
    ADD CONSTRAINT statement_month_once UNIQUE (contract_id, month);

ALTER TABLE ONLY public.transit_statement
    ADD CONSTRAINT statement_once UNIQUE (provider, day);

ALTER TABLE ONLY public.programme_supervisionreport
    ADD CONSTRAINT supervision_monthly UNIQUE (project_id, month);

ALTER TABLE ONLY public.programme_taskday
    ADD CONSTRAINT task_day_once UNIQUE (task_id, "on");

ALTER TABLE ONLY public.programme_serviceterms
    ADD CONSTRAINT terms_month_once UNIQUE (contract_id, from_month);

ALTER TABLE ONLY public.transit_assignment
    ADD CONSTRAINT transit_assignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_bulletin
    ADD CONSTRAINT transit_bulletin_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_bus
    ADD CONSTRAINT transit_bus_device_id_key UNIQUE (device_id);

ALTER TABLE ONLY public.transit_bus
    ADD CONSTRAINT transit_bus_number_key UNIQUE (number);

ALTER TABLE ONLY public.transit_bus
    ADD CONSTRAINT transit_bus_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_card
    ADD CONSTRAINT transit_card_mark_key UNIQUE (mark);

ALTER TABLE ONLY public.transit_card
    ADD CONSTRAINT transit_card_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_change
    ADD CONSTRAINT transit_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_changeevent
    ADD CONSTRAINT transit_changeevent_pkey PRIMARY KEY (pgh_id);

ALTER TABLE ONLY public.transit_draft
    ADD CONSTRAINT transit_draft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_draftline
    ADD CONSTRAINT transit_draftline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_draftpattern
    ADD CONSTRAINT transit_draftpattern_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_draftprofile
    ADD CONSTRAINT transit_draftprofile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_draftservice
    ADD CONSTRAINT transit_draftservice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_draftstop
    ADD CONSTRAINT transit_draftstop_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_drafttrip
    ADD CONSTRAINT transit_drafttrip_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_edition
    ADD CONSTRAINT transit_edition_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_feedpoll
    ADD CONSTRAINT transit_feedpoll_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_feedupload
    ADD CONSTRAINT transit_feedupload_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_forecast
    ADD CONSTRAINT transit_forecast_pkey PRIMARY KEY (run_id);

ALTER TABLE ONLY public.transit_learntday
    ADD CONSTRAINT transit_learntday_day_key UNIQUE (day);

ALTER TABLE ONLY public.transit_learntday
    ADD CONSTRAINT transit_learntday_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_learntmodel
    ADD CONSTRAINT transit_learntmodel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_ledgeraccount
    ADD CONSTRAINT transit_ledgeraccount_card_id_key UNIQUE (card_id);

ALTER TABLE ONLY public.transit_ledgeraccount
    ADD CONSTRAINT transit_ledgeraccount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_order
    ADD CONSTRAINT transit_order_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_outsidefeed
    ADD CONSTRAINT transit_outsidefeed_key_key UNIQUE (key);

ALTER TABLE ONLY public.transit_outsidefeed
    ADD CONSTRAINT transit_outsidefeed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_payment
    ADD CONSTRAINT transit_payment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_paymentnotice
    ADD CONSTRAINT transit_paymentnotice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_playlist
    ADD CONSTRAINT transit_playlist_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_playlistitem
    ADD CONSTRAINT transit_playlistitem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_posting
    ADD CONSTRAINT transit_posting_key_key UNIQUE (key);

ALTER TABLE ONLY public.transit_posting
    ADD CONSTRAINT transit_posting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_postingline
    ADD CONSTRAINT transit_postingline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_publicvisit
    ADD CONSTRAINT transit_publicvisit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_publishedfeed
    ADD CONSTRAINT transit_publishedfeed_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.transit_refund
    ADD CONSTRAINT transit_refund_number_key UNIQUE (number);

ALTER TABLE ONLY public.transit_refund
    ADD CONSTRAINT transit_refund_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_run
    ADD CONSTRAINT transit_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_score
    ADD CONSTRAINT transit_score_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_screen
    ADD CONSTRAINT transit_screen_key_key UNIQUE (key);

ALTER TABLE ONLY public.transit_screen
    ADD CONSTRAINT transit_screen_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_shop
    ADD CONSTRAINT transit_shop_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_showing
    ADD CONSTRAINT transit_showing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_statement
    ADD CONSTRAINT transit_statement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_terminalmedia
    ADD CONSTRAINT transit_terminalmedia_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_terminalmedia
    ADD CONSTRAINT transit_terminalmedia_report_key_key UNIQUE (report_key);

ALTER TABLE ONLY public.transit_testpayment
    ADD CONSTRAINT transit_testpayment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_testpayment
    ADD CONSTRAINT transit_testpayment_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.transit_topup
    ADD CONSTRAINT transit_topup_key_key UNIQUE (key);

ALTER TABLE ONLY public.transit_topup
    ADD CONSTRAINT transit_topup_number_key UNIQUE (number);

ALTER TABLE ONLY public.transit_topup
    ADD CONSTRAINT transit_topup_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transit_publicvisit
    ADD CONSTRAINT transit_visit_once UNIQUE (mark, span);

ALTER TABLE ONLY public.transit_weather
    ADD CONSTRAINT transit_weather_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ui_savedview
    ADD CONSTRAINT ui_savedview_pkey PRIMARY KEY (id);

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);

CREATE INDEX affairs_announcement_audience_announcement_id_db151f36 ON public.affairs_announcement_audience USING btree (announcement_id);

CREATE INDEX affairs_announcement_audience_organisation_id_7fcd84c8 ON public.affairs_announcement_audience USING btree (organisation_id);

CREATE INDEX affairs_announcement_issued_by_id_065d2bd9 ON public.affairs_announcement USING btree (issued_by_id);

CREATE INDEX affairs_announcement_organisation_id_47dd8321 ON public.affairs_announcement USING btree (organisation_id);

CREATE INDEX affairs_assignment_form_id_d31c3f4d ON public.affairs_assignment USING btree (form_id);

CREATE INDEX affairs_assignment_issued_by_id_16fa45fd ON public.affairs_assignment USING btree (issued_by_id);

CREATE INDEX affairs_assignment_organisation_id_d96ac09b ON public.affairs_assignment USING btree (organisation_id);

CREATE INDEX affairs_assignment_register_id_ca6333e5 ON public.affairs_assignment USING btree (register_id);

CREATE INDEX affairs_attendance_meeting_id_339a0856 ON public.affairs_attendance USING btree (meeting_id);

CREATE INDEX affairs_attendance_member_id_6a3fd35c ON public.affairs_attendance USING btree (member_id);

CREATE INDEX affairs_ballot_meeting_id_b586ebb6 ON public.affairs_ballot USING btree (meeting_id);

CREATE INDEX affairs_ballot_opened_by_id_eb28871c ON public.affairs_ballot USING btree (opened_by_id);

CREATE INDEX affairs_ballot_proposal_id_92ca4486 ON public.affairs_ballot USING btree (proposal_id);

CREATE INDEX affairs_concern_delete_on_6733ac7a ON public.affairs_concern USING btree (delete_on);

CREATE INDEX affairs_concern_opened ON public.affairs_concern USING btree (division_code, opened_at);

CREATE INDEX affairs_concern_opened_by_id_b15d75a9 ON public.affairs_concern USING btree (opened_by_id);

CREATE INDEX affairs_concern_settled_at ON public.affairs_concern USING btree (division_code, settled_at);

CREATE INDEX affairs_concern_settled_by_id_358430be ON public.affairs_concern USING btree (settled_by_id);

CREATE INDEX affairs_concern_village_id_75c16d7d ON public.affairs_concern USING btree (village_id);

CREATE INDEX affairs_concernmove_by_id_a167bf0b ON public.affairs_concernmove USING btree (by_id);

CREATE INDEX affairs_concernmove_concern_id_e2e1bf86 ON public.affairs_concernmove USING btree (concern_id);

CREATE INDEX affairs_concernparty_concern_id_b23f8548 ON public.affairs_concernparty USING btree (concern_id);

CREATE INDEX affairs_contradiction_case_id_15abadc9 ON public.affairs_contradiction USING btree (case_id);

CREATE INDEX affairs_contradiction_entity_id_bb78fcff ON public.affairs_contradiction USING btree (entity_id);

CREATE UNIQUE INDEX affairs_contradiction_open_once ON public.affairs_contradiction USING btree (entity_id, item, rule_id) NULLS NOT DISTINCT WHERE ((state)::text = 'open'::text);

CREATE INDEX affairs_contradiction_place ON public.affairs_contradiction USING btree (state, division_code);

CREATE INDEX affairs_contradiction_rule_id_68fbdf13 ON public.affairs_contradiction USING btree (rule_id);

CREATE INDEX affairs_contradiction_settled_by_id_31adeb4f ON public.affairs_contradiction USING btree (settled_by_id);

CREATE INDEX affairs_contradiction_settler ON public.affairs_contradiction USING btree (settler_id, state);

CREATE INDEX affairs_contradiction_settler_id_fff5b30a ON public.affairs_contradiction USING btree (settler_id);

CREATE INDEX affairs_count_ballot_id_de743ab2 ON public.affairs_count USING btree (ballot_id);

CREATE INDEX affairs_errand_guide_id_b39afcdd ON public.affairs_errand USING btree (guide_id);

CREATE INDEX affairs_errand_organisation_id_e31d3648 ON public.affairs_errand USING btree (organisation_id);

CREATE INDEX affairs_errand_taken_by_id_b400155d ON public.affairs_errand USING btree (taken_by_id);

CREATE INDEX affairs_guide_name_583a0487_like ON public.affairs_guide USING btree (name varchar_pattern_ops);

CREATE INDEX affairs_itemrule_created_by_id_6813b690 ON public.affairs_itemrule USING btree (created_by_id);

CREATE INDEX affairs_itemrule_register_id_4130734a ON public.affairs_itemrule USING btree (register_id);

CREATE INDEX affairs_meeting_called_by_id_de4eea24 ON public.affairs_meeting USING btree (called_by_id);

CREATE INDEX affairs_meeting_organisation_id_4187e7f2 ON public.affairs_meeting USING btree (organisation_id);

CREATE INDEX affairs_member_account_id_7157174d ON public.affairs_member USING btree (account_id);

CREATE UNIQUE INDEX affairs_member_once ON public.affairs_member USING btree (organisation_id, body, name, household) WHERE (left_at IS NULL);

CREATE INDEX affairs_member_organisation_id_b852d81f ON public.affairs_member USING btree (organisation_id);

CREATE INDEX affairs_piece_assignment_id_3406362c ON public.affairs_piece USING btree (assignment_id);

CREATE INDEX affairs_piece_division ON public.affairs_piece USING btree (assignment_id, division_code);

CREATE INDEX affairs_piece_handed_in_by_id_6b35b50d ON public.affairs_piece USING btree (handed_in_by_id);

CREATE INDEX affairs_piece_organisation_id_8dd38114 ON public.affairs_piece USING btree (organisation_id);

CREATE INDEX affairs_piece_parent_id_45f39d13 ON public.affairs_piece USING btree (parent_id);

CREATE INDEX affairs_piece_unit ON public.affairs_piece USING btree (organisation_id, state);

CREATE INDEX affairs_piecestep_account_id_fdc7053a ON public.affairs_piecestep USING btree (account_id);

CREATE INDEX affairs_piecestep_piece_id_4742e365 ON public.affairs_piecestep USING btree (piece_id);

CREATE INDEX affairs_proposal_made_by_id_13b89940 ON public.affairs_proposal USING btree (made_by_id);

CREATE INDEX affairs_proposal_organisation_id_d92403b4 ON public.affairs_proposal USING btree (organisation_id);

CREATE INDEX affairs_proposalstep_account_id_d9dcf5b3 ON public.affairs_proposalstep USING btree (account_id);

CREATE INDEX affairs_proposalstep_meeting_id_d23902d6 ON public.affairs_proposalstep USING btree (meeting_id);

CREATE INDEX affairs_proposalstep_proposal_id_1464db0f ON public.affairs_proposalstep USING btree (proposal_id);

CREATE INDEX affairs_receipt_account_id_ceb286b0 ON public.affairs_receipt USING btree (account_id);

CREATE INDEX affairs_receipt_announcement_id_faa23498 ON public.affairs_receipt USING btree (announcement_id);

CREATE INDEX affairs_receipt_organisation_id_852e9d27 ON public.affairs_receipt USING btree (organisation_id);

CREATE INDEX affairs_shift_account_id_a1938eae ON public.affairs_shift USING btree (account_id);

CREATE INDEX affairs_shift_made_by_id_9da99e72 ON public.affairs_shift USING btree (made_by_id);

CREATE INDEX affairs_shift_organisation_id_6e4377ed ON public.affairs_shift USING btree (organisation_id);

CREATE INDEX affairs_shift_unit ON public.affairs_shift USING btree (organisation_id, starts_at);

CREATE INDEX affairs_slip_ballot_id_d7146c73 ON public.affairs_slip USING btree (ballot_id);

CREATE INDEX affairs_slip_code_hash_afb921c6_like ON public.affairs_slip USING btree (code_hash varchar_pattern_ops);

CREATE INDEX affairs_swap_asked_by_id_bf210569 ON public.affairs_swap USING btree (asked_by_id);

CREATE INDEX affairs_swap_in_return_id_19664664 ON public.affairs_swap USING btree (in_return_id);

CREATE UNIQUE INDEX affairs_swap_one_open ON public.affairs_swap USING btree (shift_id) WHERE ((state)::text = 'asked'::text);

CREATE INDEX affairs_swap_other_id_7b4675de ON public.affairs_swap USING btree (other_id);

CREATE INDEX affairs_swap_shift_id_31abb6bd ON public.affairs_swap USING btree (shift_id);

CREATE INDEX affairs_visit_concern_id_09ff3683 ON public.affairs_visit USING btree (concern_id);

CREATE INDEX affairs_visit_delete_on_f1f85d35 ON public.affairs_visit USING btree (delete_on);

CREATE INDEX affairs_visit_division ON public.affairs_visit USING btree (division_code, at);

CREATE INDEX affairs_visit_village_id_68b2d518 ON public.affairs_visit USING btree (village_id);

CREATE INDEX affairs_voter_ballot_id_3691524a ON public.affairs_voter USING btree (ballot_id);

CREATE UNIQUE INDEX agenda_decision_once ON public.programme_agendaitem USING btree (meeting_id, decision_id) WHERE (decision_id IS NOT NULL);

CREATE UNIQUE INDEX agenda_task_once ON public.programme_agendaitem USING btree (meeting_id, task_id) WHERE ((source)::text = 'task'::text);

CREATE INDEX air_day_by_day ON public.environment_airday USING btree ("on");

CREATE INDEX air_hour_by_time ON public.environment_airhour USING btree (at);

CREATE INDEX alerts_alarm_acknowledged_by_id_da381369 ON public.alerts_alarm USING btree (acknowledged_by_id);

CREATE INDEX alerts_alarm_cleared_by_id_154d8ff8 ON public.alerts_alarm USING btree (cleared_by_id);

CREATE INDEX alerts_alarm_device ON public.alerts_alarm USING btree (device_id, raised_at DESC);

CREATE INDEX alerts_alarm_handled_by_id_815f2898 ON public.alerts_alarm USING btree (handled_by_id);

CREATE INDEX alerts_alarm_newest ON public.alerts_alarm USING btree (raised_at DESC);

CREATE UNIQUE INDEX alerts_alarm_open ON public.alerts_alarm USING btree (key) WHERE (cleared_at IS NULL);

CREATE INDEX alerts_alarm_organisation_id_3f9d0844 ON public.alerts_alarm USING btree (organisation_id);

CREATE INDEX alerts_alarm_outbox ON public.alerts_alarm USING btree (id) WHERE ((NOT is_announced) OR ((cleared_at IS NOT NULL) AND (NOT is_clear_announced)));

CREATE INDEX alerts_alarm_rule_id_4052c690 ON public.alerts_alarm USING btree (rule_id);

CREATE INDEX alerts_alarm_system ON public.alerts_alarm USING btree (system, state, raised_at DESC);

CREATE INDEX alerts_alarmstep_alarm_id_122c1ed0 ON public.alerts_alarmstep USING btree (alarm_id);

CREATE INDEX alerts_alarmstep_by_id_8dc8ba4e ON public.alerts_alarmstep USING btree (by_id);

CREATE INDEX alerts_notice_alarm_id_909b0aa7 ON public.alerts_notice USING btree (alarm_id);

CREATE INDEX alerts_notice_inbox ON public.alerts_notice USING btree (recipient_id, read_at, made_at DESC);

CREATE INDEX alerts_notice_recipient_id_22398c97 ON public.alerts_notice USING btree (recipient_id);

CREATE INDEX alerts_noticedelivery_notice_id_68f2e537 ON public.alerts_noticedelivery USING btree (notice_id);

CREATE INDEX alerts_rule_changed_by_id_6b9e8fbf ON public.alerts_rule USING btree (changed_by_id);

CREATE INDEX alerts_rule_system_0ed6f47e ON public.alerts_rule USING btree (system);

CREATE INDEX alerts_rule_system_0ed6f47e_like ON public.alerts_rule USING btree (system varchar_pattern_ops);

CREATE INDEX alerts_ruleevent_changed_by_id_87115ecb ON public.alerts_ruleevent USING btree (changed_by_id);

CREATE INDEX alerts_ruleevent_pgh_context_id_d644539f ON public.alerts_ruleevent USING btree (pgh_context_id);

CREATE INDEX alerts_ruleevent_pgh_obj_id_7efb4712 ON public.alerts_ruleevent USING btree (pgh_obj_id);

CREATE INDEX alerts_suppression_by_id_69f1d20f ON public.alerts_suppression USING btree (by_id);

CREATE INDEX alerts_suppression_rule_id_d7a6953e ON public.alerts_suppression USING btree (rule_id);

CREATE INDEX assignment_by_bus ON public.transit_assignment USING btree (bus_id, day);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX axes_accessattempt_ip_address_10922d9c ON public.axes_accessattempt USING btree (ip_address);

CREATE INDEX axes_accessattempt_user_agent_ad89678b ON public.axes_accessattempt USING btree (user_agent);

CREATE INDEX axes_accessattempt_user_agent_ad89678b_like ON public.axes_accessattempt USING btree (user_agent varchar_pattern_ops);

CREATE INDEX axes_accessattempt_username_3f2d4ca0 ON public.axes_accessattempt USING btree (username);

CREATE INDEX axes_accessattempt_username_3f2d4ca0_like ON public.axes_accessattempt USING btree (username varchar_pattern_ops);

CREATE INDEX axes_accessfailurelog_ip_address_2e9f5a7f ON public.axes_accessfailurelog USING btree (ip_address);

CREATE INDEX axes_accessfailurelog_user_agent_ea145dda ON public.axes_accessfailurelog USING btree (user_agent);

CREATE INDEX axes_accessfailurelog_user_agent_ea145dda_like ON public.axes_accessfailurelog USING btree (user_agent varchar_pattern_ops);

CREATE INDEX axes_accessfailurelog_username_a8b7e8a4 ON public.axes_accessfailurelog USING btree (username);

CREATE INDEX axes_accessfailurelog_username_a8b7e8a4_like ON public.axes_accessfailurelog USING btree (username varchar_pattern_ops);

CREATE INDEX axes_accesslog_ip_address_86b417e5 ON public.axes_accesslog USING btree (ip_address);

CREATE INDEX axes_accesslog_user_agent_0e659004 ON public.axes_accesslog USING btree (user_agent);

CREATE INDEX axes_accesslog_user_agent_0e659004_like ON public.axes_accesslog USING btree (user_agent varchar_pattern_ops);

CREATE INDEX axes_accesslog_username_df93064b ON public.axes_accesslog USING btree (username);

CREATE INDEX axes_accesslog_username_df93064b_like ON public.axes_accesslog USING btree (username varchar_pattern_ops);

CREATE INDEX brain_board_owner_id_5c93131b ON public.brain_board USING btree (owner_id);

CREATE INDEX brain_boardtile_board_id_007beaa4 ON public.brain_boardtile USING btree (board_id);

CREATE UNIQUE INDEX brain_one_first_board ON public.brain_board USING btree (owner_id) WHERE is_first;

CREATE INDEX brain_questionrun_account_id_ef9ace7a ON public.brain_questionrun USING btree (account_id);

CREATE INDEX brain_questionrun_at_b741b25a ON public.brain_questionrun USING btree (at);

CREATE INDEX brain_questionrun_question_id_4fdb31d6 ON public.brain_questionrun USING btree (question_id);

CREATE INDEX brain_savedquestion_organisation_id_3b101868 ON public.brain_savedquestion USING btree (organisation_id);

CREATE INDEX brain_savedquestion_owner_id_b376518d ON public.brain_savedquestion USING btree (owner_id);

CREATE INDEX brain_savedquestionevent_organisation_id_9004c61f ON public.brain_savedquestionevent USING btree (organisation_id);

CREATE INDEX brain_savedquestionevent_owner_id_dd460f08 ON public.brain_savedquestionevent USING btree (owner_id);

CREATE INDEX brain_savedquestionevent_pgh_context_id_7d32e0fe ON public.brain_savedquestionevent USING btree (pgh_context_id);

CREATE INDEX brain_savedquestionevent_pgh_obj_id_0f6ac09e ON public.brain_savedquestionevent USING btree (pgh_obj_id);

CREATE INDEX brain_savedquestionevent_product_id_d476d6ef ON public.brain_savedquestionevent USING btree (product_id);

CREATE INDEX brain_themelink_by_id_6bfb5eb1 ON public.brain_themelink USING btree (by_id);

CREATE INDEX brain_themelink_resource_id_5ea1ce5f ON public.brain_themelink USING btree (resource_id);

CREATE INDEX bulletin_shown ON public.transit_bulletin USING btree (state, kind, begin_at);

CREATE INDEX capture_rate_by_day ON public.environment_capturerate USING btree ("on");

CREATE INDEX case_by_state_and_due ON public.environment_supervisioncase USING btree (state, due_at);

CREATE UNIQUE INDEX cases_alarm_running ON public.cases_alarmcase USING btree (system, procedure, alarm_key) WHERE is_running;

CREATE INDEX cases_alarmcase_case_id_50d26239 ON public.cases_alarmcase USING btree (case_id);

CREATE INDEX cases_callback_at ON public.cases_callback USING btree (at);

CREATE INDEX cases_callback_case_id_967d8b97 ON public.cases_callback USING btree (case_id);

CREATE UNIQUE INDEX cases_card_case ON public.cases_card USING btree (case_id, colour) WHERE (task_id IS NULL);

CREATE INDEX cases_card_case_id_dfe1abf5 ON public.cases_card USING btree (case_id);

CREATE INDEX cases_card_organisation_id_0fb31f78 ON public.cases_card USING btree (organisation_id);

CREATE UNIQUE INDEX cases_card_task ON public.cases_card USING btree (task_id, colour) WHERE (task_id IS NOT NULL);

CREATE INDEX cases_case_due ON public.cases_case USING btree (system, due_at) WHERE ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('suspended'::character varying)::text]));

CREATE INDEX cases_case_late ON public.cases_case USING btree (late_at) WHERE (((state)::text = 'open'::text) AND (NOT ((light)::text = 'red'::text)));

CREATE INDEX cases_case_merged ON public.cases_case USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);

CREATE INDEX cases_case_number_980c9551_like ON public.cases_case USING btree (number varchar_pattern_ops);

CREATE INDEX cases_case_opened ON public.cases_case USING btree (system, opened_at);

CREATE INDEX cases_case_place ON public.cases_case USING btree (system, division_code, id);

CREATE INDEX cases_case_reporter ON public.cases_case USING btree (reporter_mark, opened_at) WHERE (NOT ((reporter_mark)::text = ''::text));

CREATE INDEX cases_case_running ON public.cases_case USING btree (system, division_code, id) WHERE ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('suspended'::character varying)::text]));

CREATE INDEX cases_case_seen_marks ON public.cases_case USING gin (seen_by, public.cases_marks((title)::text, (address)::text, (stage)::text, (classification)::text, (state)::text, (light)::text, (channel)::text, (procedure)::text));
ALTER INDEX public.cases_case_seen_marks ALTER COLUMN 2 SET STATISTICS 1000;

CREATE INDEX cases_case_version_id_5b6a6022 ON public.cases_case USING btree (version_id);

CREATE INDEX cases_case_warn ON public.cases_case USING btree (warn_at) WHERE (((light)::text = 'green'::text) AND ((state)::text = 'open'::text));

CREATE INDEX cases_caselink_source_id_48ee1ae3 ON public.cases_caselink USING btree (source_id);

CREATE INDEX cases_caselink_target_id_02c75cb3 ON public.cases_caselink USING btree (target_id);

CREATE INDEX cases_entry_act ON public.cases_entry USING btree (act, at);

CREATE INDEX cases_entry_case_id_b12f1eb1 ON public.cases_entry USING btree (case_id);

CREATE INDEX cases_evaluation_case_id_58832ee9 ON public.cases_evaluation USING btree (case_id);

CREATE INDEX cases_extension_case_id_583445e3 ON public.cases_extension USING btree (case_id);

CREATE UNIQUE INDEX cases_extension_open ON public.cases_extension USING btree (case_id) WHERE (decided_at IS NULL);

CREATE INDEX cases_feedback_case_id_9a22016d ON public.cases_feedback USING btree (case_id);

CREATE INDEX cases_supervision_case_id_340bc9bf ON public.cases_supervision USING btree (case_id);

CREATE INDEX cases_suspension_case_id_e5ee2e7f ON public.cases_suspension USING btree (case_id);

CREATE UNIQUE INDEX cases_suspension_open ON public.cases_suspension USING btree (case_id) WHERE (until_at IS NULL);

CREATE INDEX cases_task_again ON public.cases_task USING btree (case_id) WHERE ((parent_id IS NULL) AND (round > 1));

CREATE INDEX cases_task_case_id_db8cf8f3 ON public.cases_task USING btree (case_id);

CREATE INDEX cases_task_claimed ON public.cases_task USING btree (claimed_by_id, due_at) WHERE ((state)::text = ANY (ARRAY[('claimed'::character varying)::text, ('waiting'::character varying)::text]));

CREATE INDEX cases_task_done ON public.cases_task USING btree (done_at) WHERE (done_at IS NOT NULL);

CREATE INDEX cases_task_late ON public.cases_task USING btree (late_at) WHERE (((state)::text = ANY (ARRAY[('ready'::character varying)::text, ('claimed'::character varying)::text, ('waiting'::character varying)::text])) AND (NOT ((light)::text = 'red'::text)));

CREATE UNIQUE INDEX cases_task_open_once ON public.cases_task USING btree (case_id, node) WHERE ((parent_id IS NULL) AND ((state)::text = ANY (ARRAY[('ready'::character varying)::text, ('claimed'::character varying)::text, ('waiting'::character varying)::text])));

CREATE INDEX cases_task_parent ON public.cases_task USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX cases_task_post ON public.cases_task USING btree (role, organisation_id, due_at) WHERE ((state)::text = ANY (ARRAY[('ready'::character varying)::text, ('claimed'::character varying)::text, ('waiting'::character varying)::text]));

CREATE INDEX cases_task_soonest ON public.cases_task USING btree (due_at, id) WHERE ((state)::text = ANY (ARRAY[('ready'::character varying)::text, ('claimed'::character varying)::text, ('waiting'::character varying)::text]));

CREATE INDEX cases_task_warn ON public.cases_task USING btree (warn_at) WHERE (((light)::text = 'green'::text) AND ((state)::text = ANY (ARRAY[('ready'::character varying)::text, ('claimed'::character varying)::text, ('waiting'::character varying)::text])));

CREATE INDEX change_in_force ON public.transit_change USING btree (state, begin_at);

CREATE INDEX command_by_device ON public.devices_devicecommand USING btree (device_id, asked_at DESC);

CREATE INDEX command_still_open ON public.devices_devicecommand USING btree (asked_at) WHERE ((state)::text = ANY (ARRAY[('queued'::character varying)::text, ('sent'::character varying)::text, ('executing'::character varying)::text]));

CREATE INDEX connectors_message_order ON public.connectors_streammessage USING btree (source_id, id);

CREATE UNIQUE INDEX connectors_one_run_at_a_time ON public.connectors_run USING btree (source_id) WHERE ((state)::text = 'running'::text);

CREATE INDEX connectors_refusedrow_run_id_ff0faaf8 ON public.connectors_refusedrow USING btree (run_id);

CREATE INDEX connectors_run_content_sha256_2a689b49 ON public.connectors_run USING btree (content_sha256);

CREATE INDEX connectors_run_content_sha256_2a689b49_like ON public.connectors_run USING btree (content_sha256 varchar_pattern_ops);

CREATE INDEX connectors_run_corrects_id_01ffe083 ON public.connectors_run USING btree (corrects_id);

CREATE INDEX connectors_run_newest ON public.connectors_run USING btree (source_id, started_at DESC);

CREATE INDEX connectors_run_source_id_f1a8ea09 ON public.connectors_run USING btree (source_id);

CREATE INDEX connectors_run_version_id_66c7e8ad ON public.connectors_run USING btree (version_id);

CREATE INDEX connectors_source_resource_id_c3e1f7fc ON public.connectors_source USING btree (resource_id);

CREATE INDEX connectors_sourceevent_created_by_id_0b04cbcc ON public.connectors_sourceevent USING btree (created_by_id);

CREATE INDEX connectors_sourceevent_pgh_context_id_5fad42f9 ON public.connectors_sourceevent USING btree (pgh_context_id);

CREATE INDEX connectors_sourceevent_pgh_obj_id_47ef4702 ON public.connectors_sourceevent USING btree (pgh_obj_id);

CREATE INDEX connectors_sourceevent_resource_id_9f628c58 ON public.connectors_sourceevent USING btree (resource_id);

CREATE INDEX connectors_sourcestate_due_at_2f89f6d8 ON public.connectors_sourcestate USING btree (due_at);

CREATE INDEX connectors_streammessage_source_id_643973ed ON public.connectors_streammessage USING btree (source_id);

CREATE INDEX correction_by_series_hour ON public.environment_correction USING btree (series_id, at);

CREATE INDEX daily_value_by_day ON public.environment_dailyvalue USING btree ("on");

CREATE INDEX datasets_entryfile_by_id_53dd14df ON public.datasets_entryfile USING btree (by_id);

CREATE INDEX datasets_entryfile_provider_id_7e65f1df ON public.datasets_entryfile USING btree (provider_id);

CREATE INDEX datasets_entryfile_resources_entryfile_id_af521c73 ON public.datasets_entryfile_resources USING btree (entryfile_id);

CREATE INDEX datasets_entryfile_resources_resource_id_36af7733 ON public.datasets_entryfile_resources USING btree (resource_id);

CREATE INDEX datasets_item_resource_id_03602945 ON public.datasets_item USING btree (resource_id);

CREATE INDEX datasets_itemevent_pgh_context_id_12b1ff85 ON public.datasets_itemevent USING btree (pgh_context_id);

CREATE INDEX datasets_itemevent_pgh_obj_id_39a9d0e6 ON public.datasets_itemevent USING btree (pgh_obj_id);

CREATE INDEX datasets_itemevent_resource_id_cc50b326 ON public.datasets_itemevent USING btree (resource_id);

CREATE INDEX datasets_lakefile_path_31348a86_like ON public.datasets_lakefile USING btree (path varchar_pattern_ops);

CREATE INDEX datasets_lakefile_resource_id_153ffccf ON public.datasets_lakefile USING btree (resource_id);

CREATE INDEX datasets_lineageedge_origin_id_28e4a77d ON public.datasets_lineageedge USING btree (origin_id);

CREATE INDEX datasets_lineageedge_target_id_869d4d65 ON public.datasets_lineageedge USING btree (target_id);

CREATE UNIQUE INDEX datasets_one_published_version ON public.datasets_version USING btree (resource_id) WHERE ((state)::text = 'published'::text);

CREATE INDEX datasets_purge_by_id_f9a18eca ON public.datasets_purge USING btree (by_id);

CREATE INDEX datasets_purgeevent_by_id_ec3e3e5c ON public.datasets_purgeevent USING btree (by_id);

CREATE INDEX datasets_purgeevent_pgh_context_id_589a82a6 ON public.datasets_purgeevent USING btree (pgh_context_id);

CREATE INDEX datasets_purgeevent_pgh_obj_id_60628a8b ON public.datasets_purgeevent USING btree (pgh_obj_id);

CREATE INDEX datasets_qualityrule_changed_by_id_da38a0fb ON public.datasets_qualityrule USING btree (changed_by_id);

CREATE INDEX datasets_qualityrule_resource_id_0b95260b ON public.datasets_qualityrule USING btree (resource_id);

CREATE INDEX datasets_qualityruleevent_changed_by_id_29e5c367 ON public.datasets_qualityruleevent USING btree (changed_by_id);

CREATE INDEX datasets_qualityruleevent_pgh_context_id_80804cda ON public.datasets_qualityruleevent USING btree (pgh_context_id);

CREATE INDEX datasets_qualityruleevent_pgh_obj_id_72a7a88c ON public.datasets_qualityruleevent USING btree (pgh_obj_id);

CREATE INDEX datasets_qualityruleevent_resource_id_85bf2971 ON public.datasets_qualityruleevent USING btree (resource_id);

CREATE INDEX datasets_qualityscore_resource_id_45844e9d ON public.datasets_qualityscore USING btree (resource_id);

CREATE INDEX datasets_qualityscore_version_id_2bc948a5 ON public.datasets_qualityscore USING btree (version_id);

CREATE INDEX datasets_refusedentry_file_id_1103076c ON public.datasets_refusedentry USING btree (file_id);

CREATE INDEX datasets_resource_code_36f46d46_like ON public.datasets_resource USING btree (code varchar_pattern_ops);

CREATE INDEX datasets_resource_name_a6183585_like ON public.datasets_resource USING btree (name varchar_pattern_ops);

CREATE INDEX datasets_resource_provider_id_f0d22a12 ON public.datasets_resource USING btree (provider_id);

CREATE INDEX datasets_resource_related_from_resource_id_541d4d4e ON public.datasets_resource_related USING btree (from_resource_id);

CREATE INDEX datasets_resource_related_to_resource_id_0899d6d5 ON public.datasets_resource_related USING btree (to_resource_id);

CREATE INDEX datasets_resourceevent_pgh_context_id_a229460a ON public.datasets_resourceevent USING btree (pgh_context_id);

CREATE INDEX datasets_resourceevent_pgh_obj_id_26caa7fb ON public.datasets_resourceevent USING btree (pgh_obj_id);

CREATE INDEX datasets_resourceevent_provider_id_60fb140a ON public.datasets_resourceevent USING btree (provider_id);

CREATE INDEX datasets_score_newest ON public.datasets_qualityscore USING btree (resource_id, at DESC);

CREATE INDEX datasets_shelfstep_by_id_54099aa8 ON public.datasets_shelfstep USING btree (by_id);

CREATE INDEX datasets_shelfstep_resource_id_24159c50 ON public.datasets_shelfstep USING btree (resource_id);

CREATE INDEX datasets_version_published_by_id_0ce8704f ON public.datasets_version USING btree (published_by_id);

CREATE INDEX datasets_version_resource_id_0525173f ON public.datasets_version USING btree (resource_id);

CREATE INDEX device_report_by_age ON public.devices_devicereport USING btree (received_at);

CREATE INDEX device_report_by_kind ON public.devices_devicereport USING btree (device_id, kind, at DESC);

CREATE INDEX device_report_waiting ON public.devices_devicereport USING btree (id) WHERE (NOT is_told);

CREATE INDEX devices_device_code_09976111_like ON public.devices_device USING btree (code varchar_pattern_ops);

CREATE INDEX devices_device_division_code_5ec514f4 ON public.devices_device USING btree (division_code);

CREATE INDEX devices_device_division_code_5ec514f4_like ON public.devices_device USING btree (division_code varchar_pattern_ops);

CREATE INDEX devices_device_kind_89dea16d ON public.devices_device USING btree (kind);

CREATE INDEX devices_device_kind_89dea16d_like ON public.devices_device USING btree (kind varchar_pattern_ops);

CREATE INDEX devices_device_owner_id_bf771b03 ON public.devices_device USING btree (owner_id);

CREATE INDEX devices_device_system_55b91c9b ON public.devices_device USING btree (system);

CREATE INDEX devices_device_system_55b91c9b_like ON public.devices_device USING btree (system varchar_pattern_ops);

CREATE INDEX devices_devicecommand_asked_by_id_bfd6105d ON public.devices_devicecommand USING btree (asked_by_id);

CREATE INDEX devices_devicecommand_device_id_a64f73aa ON public.devices_devicecommand USING btree (device_id);

CREATE INDEX devices_deviceevent_owner_id_2c83a956 ON public.devices_deviceevent USING btree (owner_id);

CREATE INDEX devices_deviceevent_pgh_context_id_60d9acb1 ON public.devices_deviceevent USING btree (pgh_context_id);

CREATE INDEX devices_deviceevent_pgh_obj_id_41d43b86 ON public.devices_deviceevent USING btree (pgh_obj_id);

CREATE INDEX devices_devicenote_device_id_e8e641a5 ON public.devices_devicenote USING btree (device_id);

CREATE INDEX devices_devicereport_device_id_8944ed9a ON public.devices_devicereport USING btree (device_id);

CREATE INDEX devices_devicereport_key_6f338d52_like ON public.devices_devicereport USING btree (key varchar_pattern_ops);

CREATE INDEX devices_position_by_number ON ONLY public.devices_position USING btree (number);

CREATE INDEX devices_quarantinedmessage_decided_by_id_332f4ba7 ON public.devices_quarantinedmessage USING btree (decided_by_id);

CREATE INDEX devices_quarantinedmessage_device_code_b52d0fc6 ON public.devices_quarantinedmessage USING btree (device_code);

CREATE INDEX devices_quarantinedmessage_device_code_b52d0fc6_like ON public.devices_quarantinedmessage USING btree (device_code varchar_pattern_ops);

CREATE INDEX devices_quarantinedmessage_reason_3845329b ON public.devices_quarantinedmessage USING btree (reason);

CREATE INDEX devices_quarantinedmessage_reason_3845329b_like ON public.devices_quarantinedmessage USING btree (reason varchar_pattern_ops);

CREATE INDEX devices_quarantinedmessage_received_at_c09535a1 ON public.devices_quarantinedmessage USING btree (received_at);

CREATE INDEX devices_series_device_id_82cd09db ON public.devices_series USING btree (device_id);

CREATE UNIQUE INDEX difference_open_once ON public.governance_cataloguedifference USING btree (source_id, channel_code, kind) WHERE (ended_at IS NULL);

CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);

CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX draft_trips_by_time ON public.transit_drafttrip USING btree (pattern_id, service_id, start_s);

CREATE UNIQUE INDEX draw_of_review_once ON public.programme_draw USING btree (review_id) WHERE (NOT ((state)::text = 'void'::text));

CREATE INDEX edition_in_force ON public.transit_edition USING btree (state, valid_from, valid_to);

CREATE INDEX environment_casestep_by_id_1db8d590 ON public.environment_casestep USING btree (by_id);

CREATE INDEX environment_casestep_case_id_37e86a78 ON public.environment_casestep USING btree (case_id);

CREATE INDEX environment_correction_decided_by_id_56cbfcb7 ON public.environment_correction USING btree (decided_by_id);

CREATE INDEX environment_correction_requested_by_id_f36612e0 ON public.environment_correction USING btree (requested_by_id);

CREATE INDEX environment_correction_series_id_4d487591 ON public.environment_correction USING btree (series_id);

CREATE INDEX environment_dutyfulfilment_duty_id_c6b8988d ON public.environment_dutyfulfilment USING btree (duty_id);

CREATE INDEX environment_dutyfulfilment_recorded_by_id_0606ce66 ON public.environment_dutyfulfilment USING btree (recorded_by_id);

CREATE INDEX environment_dutyfulfilmentevent_duty_id_862782b0 ON public.environment_dutyfulfilmentevent USING btree (duty_id);

CREATE INDEX environment_dutyfulfilmentevent_pgh_context_id_d1ea53c4 ON public.environment_dutyfulfilmentevent USING btree (pgh_context_id);

CREATE INDEX environment_dutyfulfilmentevent_pgh_obj_id_74413f38 ON public.environment_dutyfulfilmentevent USING btree (pgh_obj_id);

CREATE INDEX environment_dutyfulfilmentevent_recorded_by_id_124c8375 ON public.environment_dutyfulfilmentevent USING btree (recorded_by_id);

CREATE INDEX environment_facility_outlets_facility_id_e19838cc ON public.environment_facility_outlets USING btree (facility_id);

CREATE INDEX environment_facility_outlets_outlet_id_0ae6e4ce ON public.environment_facility_outlets USING btree (outlet_id);

CREATE INDEX environment_facility_source_id_d325f43e ON public.environment_facility USING btree (source_id);

CREATE INDEX environment_facilityevent_pgh_context_id_69402837 ON public.environment_facilityevent USING btree (pgh_context_id);

CREATE INDEX environment_facilityevent_pgh_obj_id_d1f6be25 ON public.environment_facilityevent USING btree (pgh_obj_id);

CREATE INDEX environment_facilityevent_source_id_b34c08e3 ON public.environment_facilityevent USING btree (source_id);

CREATE INDEX environment_filerecord_kind_0c5111bd ON public.environment_filerecord USING btree (kind);

CREATE INDEX environment_filerecord_kind_0c5111bd_like ON public.environment_filerecord USING btree (kind varchar_pattern_ops);

CREATE INDEX environment_filerecord_outlet_id_f842afa5 ON public.environment_filerecord USING btree (outlet_id);

CREATE INDEX environment_filerecord_recorded_by_id_5a5b8431 ON public.environment_filerecord USING btree (recorded_by_id);

CREATE INDEX environment_filerecord_source_id_e381c37f ON public.environment_filerecord USING btree (source_id);

CREATE INDEX environment_filerecordevent_outlet_id_4a757821 ON public.environment_filerecordevent USING btree (outlet_id);

CREATE INDEX environment_filerecordevent_pgh_context_id_58be8004 ON public.environment_filerecordevent USING btree (pgh_context_id);

CREATE INDEX environment_filerecordevent_pgh_obj_id_292554ce ON public.environment_filerecordevent USING btree (pgh_obj_id);

CREATE INDEX environment_filerecordevent_recorded_by_id_5f2dd3ce ON public.environment_filerecordevent USING btree (recorded_by_id);

CREATE INDEX environment_filerecordevent_source_id_f7e0d520 ON public.environment_filerecordevent USING btree (source_id);

CREATE INDEX environment_forecast_point_id_ea8fe430 ON public.environment_forecast USING btree (point_id);

CREATE INDEX environment_forecastmodel_point_id_686f8f31 ON public.environment_forecastmodel USING btree (point_id);

CREATE INDEX environment_forecastscore_point_id_6f03255e ON public.environment_forecastscore USING btree (point_id);

CREATE INDEX environment_monitoringpoint_code_8547261e_like ON public.environment_monitoringpoint USING btree (code varchar_pattern_ops);

CREATE INDEX environment_monitoringpoint_element_703ac78f ON public.environment_monitoringpoint USING btree (element);

CREATE INDEX environment_monitoringpoint_element_703ac78f_like ON public.environment_monitoringpoint USING btree (element varchar_pattern_ops);

CREATE INDEX environment_monitoringpointevent_device_id_9130d145 ON public.environment_monitoringpointevent USING btree (device_id);

CREATE INDEX environment_monitoringpointevent_pgh_context_id_2313f3b0 ON public.environment_monitoringpointevent USING btree (pgh_context_id);

CREATE INDEX environment_monitoringpointevent_pgh_obj_id_2a72ba15 ON public.environment_monitoringpointevent USING btree (pgh_obj_id);

CREATE INDEX environment_outlet_source_id_f9911507 ON public.environment_outlet USING btree (source_id);

CREATE INDEX environment_outletevent_device_id_a5827cc9 ON public.environment_outletevent USING btree (device_id);

CREATE INDEX environment_outletevent_inlet_device_id_387b24d3 ON public.environment_outletevent USING btree (inlet_device_id);

CREATE INDEX environment_outletevent_pgh_context_id_a425591d ON public.environment_outletevent USING btree (pgh_context_id);

CREATE INDEX environment_outletevent_pgh_obj_id_1c577172 ON public.environment_outletevent USING btree (pgh_obj_id);

CREATE INDEX environment_outletevent_source_id_c6f8a52e ON public.environment_outletevent USING btree (source_id);

CREATE INDEX environment_permit_number_69399837_like ON public.environment_permit USING btree (number varchar_pattern_ops);

CREATE INDEX environment_permit_source_id_e8ff0644 ON public.environment_permit USING btree (source_id);

CREATE INDEX environment_permitduty_permit_id_688e4ee1 ON public.environment_permitduty USING btree (permit_id);

CREATE INDEX environment_permitdutyevent_permit_id_499f8d0c ON public.environment_permitdutyevent USING btree (permit_id);

CREATE INDEX environment_permitdutyevent_pgh_context_id_b8eb2f93 ON public.environment_permitdutyevent USING btree (pgh_context_id);

CREATE INDEX environment_permitdutyevent_pgh_obj_id_43b0f6ca ON public.environment_permitdutyevent USING btree (pgh_obj_id);

CREATE INDEX environment_permitevent_pgh_context_id_b18b2f7f ON public.environment_permitevent USING btree (pgh_context_id);

CREATE INDEX environment_permitevent_pgh_obj_id_ef581b4a ON public.environment_permitevent USING btree (pgh_obj_id);

CREATE INDEX environment_permitevent_source_id_5292315d ON public.environment_permitevent USING btree (source_id);

CREATE INDEX environment_permitlimit_outlet_id_fdfc2510 ON public.environment_permitlimit USING btree (outlet_id);

CREATE INDEX environment_permitlimit_permit_id_4bd1583f ON public.environment_permitlimit USING btree (permit_id);

CREATE INDEX environment_permitlimitevent_outlet_id_ff1a7017 ON public.environment_permitlimitevent USING btree (outlet_id);

CREATE INDEX environment_permitlimitevent_permit_id_6efe86d5 ON public.environment_permitlimitevent USING btree (permit_id);

CREATE INDEX environment_permitlimitevent_pgh_context_id_1e8c7161 ON public.environment_permitlimitevent USING btree (pgh_context_id);

CREATE INDEX environment_permitlimitevent_pgh_obj_id_e8319f34 ON public.environment_permitlimitevent USING btree (pgh_obj_id);

CREATE INDEX environment_permitquantity_outlet_id_4dd8fb56 ON public.environment_permitquantity USING btree (outlet_id);

CREATE INDEX environment_permitquantity_permit_id_b2a3c594 ON public.environment_permitquantity USING btree (permit_id);

CREATE INDEX environment_permitquantityevent_outlet_id_31ea6816 ON public.environment_permitquantityevent USING btree (outlet_id);

CREATE INDEX environment_permitquantityevent_permit_id_e9a79098 ON public.environment_permitquantityevent USING btree (permit_id);

CREATE INDEX environment_permitquantityevent_pgh_context_id_dbc8c7be ON public.environment_permitquantityevent USING btree (pgh_context_id);

CREATE INDEX environment_permitquantityevent_pgh_obj_id_15b64976 ON public.environment_permitquantityevent USING btree (pgh_obj_id);

CREATE INDEX environment_qualityfinding_series_id_d2350125 ON public.environment_qualityfinding USING btree (series_id);

CREATE INDEX environment_qualityfinding_verdict_by_id_b20fd7d8 ON public.environment_qualityfinding USING btree (verdict_by_id);

CREATE INDEX environment_source_code_f2e98aa1_like ON public.environment_source USING btree (code varchar_pattern_ops);

CREATE INDEX environment_source_credit_code_c81cf891_like ON public.environment_source USING btree (credit_code varchar_pattern_ops);

CREATE INDEX environment_source_division_code_b5c1a8ea ON public.environment_source USING btree (division_code);

CREATE INDEX environment_source_division_code_b5c1a8ea_like ON public.environment_source USING btree (division_code varchar_pattern_ops);

CREATE INDEX environment_source_organisation_id_dcc7e2a7 ON public.environment_source USING btree (organisation_id);

CREATE INDEX environment_sourceevent_organisation_id_8a47bd9d ON public.environment_sourceevent USING btree (organisation_id);

CREATE INDEX environment_sourceevent_pgh_context_id_375eb12c ON public.environment_sourceevent USING btree (pgh_context_id);

CREATE INDEX environment_sourceevent_pgh_obj_id_b1a59e98 ON public.environment_sourceevent USING btree (pgh_obj_id);

CREATE INDEX environment_statemark_declared_by_id_4ad90406 ON public.environment_statemark USING btree (declared_by_id);

CREATE INDEX environment_statemark_outlet_id_070377bd ON public.environment_statemark USING btree (outlet_id);

CREATE INDEX environment_statemarkevent_declared_by_id_f87ca929 ON public.environment_statemarkevent USING btree (declared_by_id);

CREATE INDEX environment_statemarkevent_outlet_id_c0b62120 ON public.environment_statemarkevent USING btree (outlet_id);

CREATE INDEX environment_statemarkevent_pgh_context_id_ff2a72b4 ON public.environment_statemarkevent USING btree (pgh_context_id);

CREATE INDEX environment_statemarkevent_pgh_obj_id_17c88a85 ON public.environment_statemarkevent USING btree (pgh_obj_id);

CREATE INDEX environment_supervisioncase_device_id_a8aa1bde ON public.environment_supervisioncase USING btree (device_id);

CREATE INDEX environment_supervisioncase_number_e0e6bb76_like ON public.environment_supervisioncase USING btree (number varchar_pattern_ops);

CREATE INDEX environment_supervisioncase_outlet_id_cee0e3bb ON public.environment_supervisioncase USING btree (outlet_id);

CREATE INDEX environment_supervisioncase_point_id_3e08c4a4 ON public.environment_supervisioncase USING btree (point_id);

CREATE INDEX environment_supervisioncase_source_id_64dcfedd ON public.environment_supervisioncase USING btree (source_id);

CREATE INDEX environment_supervisioncase_state_c4182218 ON public.environment_supervisioncase USING btree (state);

CREATE INDEX environment_supervisioncase_state_c4182218_like ON public.environment_supervisioncase USING btree (state varchar_pattern_ops);

CREATE INDEX environment_supervisioncaseevent_alarm_id_78536f90 ON public.environment_supervisioncaseevent USING btree (alarm_id);

CREATE INDEX environment_supervisioncaseevent_device_id_85f1ded2 ON public.environment_supervisioncaseevent USING btree (device_id);

CREATE INDEX environment_supervisioncaseevent_outlet_id_54276694 ON public.environment_supervisioncaseevent USING btree (outlet_id);

CREATE INDEX environment_supervisioncaseevent_pgh_context_id_ade6c0f0 ON public.environment_supervisioncaseevent USING btree (pgh_context_id);

CREATE INDEX environment_supervisioncaseevent_pgh_obj_id_7703e5d2 ON public.environment_supervisioncaseevent USING btree (pgh_obj_id);

CREATE INDEX environment_supervisioncaseevent_point_id_6d9eee13 ON public.environment_supervisioncaseevent USING btree (point_id);

CREATE INDEX environment_supervisioncaseevent_source_id_a33daf4e ON public.environment_supervisioncaseevent USING btree (source_id);

CREATE INDEX events_receipt_at_bf0efacd ON public.events_receipt USING btree (at);

CREATE INDEX events_receipt_message_22606763_like ON public.events_receipt USING btree (message varchar_pattern_ops);

CREATE INDEX feed_poll_newest ON public.transit_feedpoll USING btree (feed_id, at DESC);

CREATE INDEX feeds_change_order ON public.feeds_change USING btree (resource_id, id);

CREATE INDEX feeds_change_resource_id_4629bd15 ON public.feeds_change USING btree (resource_id);

CREATE INDEX feeds_push_change_id_f95eba92 ON public.feeds_push USING btree (change_id);

CREATE INDEX feeds_push_open ON public.feeds_push USING btree (subscription_id, subject, change_id) WHERE ((state)::text = ANY (ARRAY[('waiting'::character varying)::text, ('parked'::character varying)::text]));

CREATE INDEX feeds_push_subject ON public.feeds_push USING btree (subscription_id, subject, change_id DESC);

CREATE INDEX feeds_subscription_created_by_id_2ad9bdaf ON public.feeds_subscription USING btree (created_by_id);

CREATE INDEX feeds_subscription_grant_id_a52a26bf ON public.feeds_subscription USING btree (grant_id);

CREATE UNIQUE INDEX feeds_subscription_once ON public.feeds_subscription USING btree (grant_id, url) WHERE (NOT ((state)::text = 'ended'::text));

CREATE INDEX feeds_subscriptionevent_created_by_id_36be59d6 ON public.feeds_subscriptionevent USING btree (created_by_id);

CREATE INDEX feeds_subscriptionevent_grant_id_3e3a7ef1 ON public.feeds_subscriptionevent USING btree (grant_id);

CREATE INDEX feeds_subscriptionevent_pgh_context_id_f7bc27bc ON public.feeds_subscriptionevent USING btree (pgh_context_id);

CREATE INDEX feeds_subscriptionevent_pgh_obj_id_81d1ff86 ON public.feeds_subscriptionevent USING btree (pgh_obj_id);

CREATE INDEX files_filelink_file_id_86b5b9c1 ON public.files_filelink USING btree (file_id);

CREATE INDEX files_storedfile_sha256_d89381b8 ON public.files_storedfile USING btree (sha256);

CREATE INDEX files_storedfile_sha256_d89381b8_like ON public.files_storedfile USING btree (sha256 varchar_pattern_ops);

CREATE INDEX forecast_by_run ON public.environment_forecast USING btree (point_id, made_at DESC);

CREATE INDEX forms_apisession_account_id_a39033f7 ON public.forms_apisession USING btree (account_id);

CREATE INDEX forms_apisession_token_hash_ee8752dc_like ON public.forms_apisession USING btree (token_hash varchar_pattern_ops);

CREATE INDEX forms_appuser_account_id_1db3fb17 ON public.forms_appuser USING btree (account_id);

CREATE INDEX forms_appuser_forms_appuser_id_7b7b01bb ON public.forms_appuser_forms USING btree (appuser_id);

CREATE INDEX forms_appuser_forms_form_id_7f39a3bf ON public.forms_appuser_forms USING btree (form_id);

CREATE INDEX forms_appuser_project_id_6c162829 ON public.forms_appuser USING btree (project_id);

CREATE INDEX forms_appuser_token_hash_f8e72851_like ON public.forms_appuser USING btree (token_hash varchar_pattern_ops);

CREATE INDEX forms_entity_conflicting ON public.forms_entity USING btree (register_id) WHERE (NOT (conflicts = '{}'::jsonb));

CREATE INDEX forms_entity_created_by_id_5980ff36 ON public.forms_entity USING btree (created_by_id);

CREATE INDEX forms_entity_division ON public.forms_entity USING btree (register_id, division_code);

CREATE INDEX forms_entity_division_code_c76d05ff ON public.forms_entity USING btree (division_code);

CREATE INDEX forms_entity_division_code_c76d05ff_like ON public.forms_entity USING btree (division_code varchar_pattern_ops);

CREATE INDEX forms_entity_key ON public.forms_entity USING btree (register_id, key) WHERE (NOT ((key)::text = ''::text));

CREATE INDEX forms_entity_register_id_8141c51b ON public.forms_entity USING btree (register_id);

CREATE INDEX forms_entity_values ON public.forms_entity USING gin ("values");

CREATE INDEX forms_entitywrite_account_id_4eb502b4 ON public.forms_entitywrite USING btree (account_id);

CREATE INDEX forms_entitywrite_entity_id_9f135f6b ON public.forms_entitywrite USING btree (entity_id);

CREATE INDEX forms_entitywrite_organisation_id_80544a94 ON public.forms_entitywrite USING btree (organisation_id);

CREATE INDEX forms_entitywrite_submission_id_7952789d ON public.forms_entitywrite USING btree (submission_id);

CREATE INDEX forms_form_audience_form_id_5a54acad ON public.forms_form_audience USING btree (form_id);

CREATE INDEX forms_form_audience_organisation_id_240ddddd ON public.forms_form_audience USING btree (organisation_id);

CREATE INDEX forms_form_created_by_id_899b7459 ON public.forms_form USING btree (created_by_id);

CREATE UNIQUE INDEX forms_form_once ON public.forms_form USING btree (project_id, xml_form_id) WHERE (deleted_at IS NULL);

CREATE INDEX forms_form_organisation_id_7a941923 ON public.forms_form USING btree (organisation_id);

CREATE INDEX forms_form_project_id_edf62197 ON public.forms_form USING btree (project_id);

CREATE INDEX forms_formfile_file_id_2eecef0c ON public.forms_formfile USING btree (file_id);

CREATE INDEX forms_formfile_register_id_2beabd3d ON public.forms_formfile USING btree (register_id);

CREATE INDEX forms_formfile_version_id_8b5a0de5 ON public.forms_formfile USING btree (version_id);

CREATE INDEX forms_formreview_by_id_f9044e78 ON public.forms_formreview USING btree (by_id);

CREATE INDEX forms_formreview_decided_by_id_481b6f74 ON public.forms_formreview USING btree (decided_by_id);

CREATE INDEX forms_formreview_version_id_9a0675b5 ON public.forms_formreview USING btree (version_id);

CREATE INDEX forms_formversion_form_id_1051897d ON public.forms_formversion USING btree (form_id);

CREATE INDEX forms_formversion_made_by_id_1a187974 ON public.forms_formversion USING btree (made_by_id);

CREATE INDEX forms_formversion_xlsx_id_1ba0e453 ON public.forms_formversion USING btree (xlsx_id);

CREATE UNIQUE INDEX forms_one_draft ON public.forms_formversion USING btree (form_id) WHERE ((state)::text = 'draft'::text);

CREATE UNIQUE INDEX forms_one_published ON public.forms_formversion USING btree (form_id) WHERE ((state)::text = 'published'::text);

CREATE UNIQUE INDEX forms_one_review_open ON public.forms_formreview USING btree (version_id) WHERE ((state)::text = 'submitted'::text);

CREATE INDEX forms_project_name_f32bf664_like ON public.forms_project USING btree (name varchar_pattern_ops);

CREATE INDEX forms_project_organisation_id_116ec2b1 ON public.forms_project USING btree (organisation_id);

CREATE INDEX forms_register_organisation_id_eae695d2 ON public.forms_register USING btree (organisation_id);

CREATE INDEX forms_register_project_id_fc28901a ON public.forms_register USING btree (project_id);

CREATE INDEX forms_registeritem_holder_id_4dc564bb ON public.forms_registeritem USING btree (holder_id);

CREATE INDEX forms_registeritem_register_id_0655c393 ON public.forms_registeritem USING btree (register_id);

CREATE INDEX forms_registeritem_resource_item_id_171bb0e3 ON public.forms_registeritem USING btree (resource_item_id);

CREATE INDEX forms_registersource_created_by_id_ffd68cb3 ON public.forms_registersource USING btree (created_by_id);

CREATE INDEX forms_registersource_last_version_id_58814049 ON public.forms_registersource USING btree (last_version_id);

CREATE INDEX forms_registersource_register_id_3c3bb398 ON public.forms_registersource USING btree (register_id);

CREATE INDEX forms_registersource_resource_id_73f21af8 ON public.forms_registersource USING btree (resource_id);

CREATE INDEX forms_submission_account_id_d35945e5 ON public.forms_submission USING btree (account_id);

CREATE INDEX forms_submission_app_user_id_4b956188 ON public.forms_submission USING btree (app_user_id);

CREATE INDEX forms_submission_division ON public.forms_submission USING btree (division_code, created_at);

CREATE INDEX forms_submission_form_id_fe1f7a8a ON public.forms_submission USING btree (form_id);

CREATE INDEX forms_submission_newest ON public.forms_submission USING btree (form_id, id DESC);

CREATE INDEX forms_submission_organisation_id_8e6ef098 ON public.forms_submission USING btree (organisation_id);

CREATE INDEX forms_submission_version_id_765c72e1 ON public.forms_submission USING btree (version_id);

CREATE INDEX forms_submissioncomment_account_id_f1d71c03 ON public.forms_submissioncomment USING btree (account_id);

CREATE INDEX forms_submissioncomment_submission_id_8f0bc82f ON public.forms_submissioncomment USING btree (submission_id);

CREATE INDEX forms_submissionfile_file_id_e633b57c ON public.forms_submissionfile USING btree (file_id);

CREATE INDEX forms_submissionfile_version_id_898f4689 ON public.forms_submissionfile USING btree (version_id);

CREATE INDEX forms_submissionsettlement_account_id_915ebc46 ON public.forms_submissionsettlement USING btree (account_id);

CREATE INDEX forms_submissionsettlement_submission_id_dc383a69 ON public.forms_submissionsettlement USING btree (submission_id);

CREATE INDEX forms_submissionversion_account_id_90e65ee2 ON public.forms_submissionversion USING btree (account_id);

CREATE INDEX forms_submissionversion_app_user_id_4df3511f ON public.forms_submissionversion USING btree (app_user_id);

CREATE INDEX forms_submissionversion_form_version_id_370cecfe ON public.forms_submissionversion USING btree (form_version_id);

CREATE INDEX forms_submissionversion_submission_id_1f64c94e ON public.forms_submissionversion USING btree (submission_id);

CREATE UNIQUE INDEX forms_version_once ON public.forms_formversion USING btree (form_id, version) WHERE (NOT ((state)::text = 'draft'::text));

CREATE INDEX forms_waitingwrite_register_id_a54856bf ON public.forms_waitingwrite USING btree (register_id);

CREATE INDEX forms_waitingwrite_submission_id_9f78eb5c ON public.forms_waitingwrite USING btree (submission_id);

CREATE UNIQUE INDEX gate_passed_once ON public.programme_gatepassage USING btree (project_id, stage) WHERE (NOT ((state)::text = 'refused'::text));

CREATE INDEX governance_camera_code_87ee2411_like ON public.governance_camera USING btree (code varchar_pattern_ops);

CREATE INDEX governance_camera_device_id_f2da7377 ON public.governance_camera USING btree (device_id);

CREATE INDEX governance_camera_division_code_26352338 ON public.governance_camera USING btree (division_code);

CREATE INDEX governance_camera_division_code_26352338_like ON public.governance_camera USING btree (division_code varchar_pattern_ops);

CREATE INDEX governance_camera_organisation_id_be945b80 ON public.governance_camera USING btree (organisation_id);

CREATE INDEX governance_care_due ON public.governance_carerecord USING btree (carer_id, next_visit_on);

CREATE UNIQUE INDEX governance_care_once ON public.governance_carerecord USING btree (identity_digest, basis) WHERE ((state)::text = 'open'::text);

CREATE INDEX governance_care_unit ON public.governance_carerecord USING btree (organisation_id, kind);

CREATE INDEX governance_careappeal_decided_by_id_eb6db52a ON public.governance_careappeal USING btree (decided_by_id);

CREATE INDEX governance_careappeal_number_7f92308b_like ON public.governance_careappeal USING btree (number varchar_pattern_ops);

CREATE INDEX governance_careappeal_organisation_id_d9d91e77 ON public.governance_careappeal USING btree (organisation_id);

CREATE INDEX governance_careappeal_record_id_8dc31aac ON public.governance_careappeal USING btree (record_id);

CREATE INDEX governance_careappeal_taken_by_id_1d47d9a8 ON public.governance_careappeal USING btree (taken_by_id);

CREATE INDEX governance_carehelp_by_id_ce6362e4 ON public.governance_carehelp USING btree (by_id);

CREATE INDEX governance_carehelp_record_id_fec9936e ON public.governance_carehelp USING btree (record_id);

CREATE INDEX governance_careplan_made_by_id_623a140d ON public.governance_careplan USING btree (made_by_id);

CREATE INDEX governance_careplan_record_id_870288d2 ON public.governance_careplan USING btree (record_id);

CREATE INDEX governance_carerecord_carer_id_c4faa81e ON public.governance_carerecord USING btree (carer_id);

CREATE INDEX governance_carerecord_expires_on_f8ecab7f ON public.governance_carerecord USING btree (expires_on);

CREATE INDEX governance_carerecord_identity_digest_c74c1664 ON public.governance_carerecord USING btree (identity_digest);

CREATE INDEX governance_carerecord_identity_digest_c74c1664_like ON public.governance_carerecord USING btree (identity_digest varchar_pattern_ops);

CREATE INDEX governance_carerecord_made_by_id_c84cbdcc ON public.governance_carerecord USING btree (made_by_id);

CREATE INDEX governance_carerecord_number_e11cda0f_like ON public.governance_carerecord USING btree (number varchar_pattern_ops);

CREATE INDEX governance_carerecord_organisation_id_e8c68a81 ON public.governance_carerecord USING btree (organisation_id);

CREATE INDEX governance_caretransfer_asked_by_id_99dd5982 ON public.governance_caretransfer USING btree (asked_by_id);

CREATE INDEX governance_caretransfer_decided_by_id_63d5fb3b ON public.governance_caretransfer USING btree (decided_by_id);

CREATE INDEX governance_caretransfer_from_organisation_id_802f53be ON public.governance_caretransfer USING btree (from_organisation_id);

CREATE UNIQUE INDEX governance_caretransfer_once ON public.governance_caretransfer USING btree (record_id) WHERE ((state)::text = 'asked'::text);

CREATE INDEX governance_caretransfer_record_id_49b5cc69 ON public.governance_caretransfer USING btree (record_id);

CREATE INDEX governance_caretransfer_to_organisation_id_9c031dbc ON public.governance_caretransfer USING btree (to_organisation_id);

CREATE INDEX governance_careunit_organisation_id_92769413 ON public.governance_careunit USING btree (organisation_id);

CREATE INDEX governance_careunlock_approved_by_id_9c8aa821 ON public.governance_careunlock USING btree (approved_by_id);

CREATE UNIQUE INDEX governance_careunlock_asked_once ON public.governance_careunlock USING btree (record_id, requested_by_id) WHERE ((approved_at IS NULL) AND (refused_at IS NULL));

CREATE INDEX governance_careunlock_record_id_56a96514 ON public.governance_careunlock USING btree (record_id);

CREATE INDEX governance_careunlock_requested_by_id_0f8c3351 ON public.governance_careunlock USING btree (requested_by_id);

CREATE INDEX governance_carevisit_by_id_d2b29b15 ON public.governance_carevisit USING btree (by_id);

CREATE INDEX governance_carevisit_record_id_b03db8d4 ON public.governance_carevisit USING btree (record_id);

CREATE INDEX governance_cataloguedifference_explained_by_id_3d1ed38c ON public.governance_cataloguedifference USING btree (explained_by_id);

CREATE INDEX governance_cataloguedifference_source_id_dabb9bbf ON public.governance_cataloguedifference USING btree (source_id);

CREATE INDEX governance_cell_box ON public.governance_gridcell USING btree (west, east, south, north);

CREATE INDEX governance_cell_division ON public.governance_gridcell USING btree (division_code);

CREATE INDEX governance_cellduty_account_id_4afa1dd0 ON public.governance_cellduty USING btree (account_id);

CREATE INDEX governance_cellduty_cell_code_a9b5415e ON public.governance_cellduty USING btree (cell_code);

CREATE INDEX governance_cellduty_cell_code_a9b5415e_like ON public.governance_cellduty USING btree (cell_code varchar_pattern_ops);

CREATE INDEX governance_checkpoint_key_place_id_1a3f2a74 ON public.governance_checkpoint USING btree (key_place_id);

CREATE INDEX governance_checkpoint_plan_id_44ac0f1e ON public.governance_checkpoint USING btree (plan_id);

CREATE INDEX governance_dispute_due_on_6269433a ON public.governance_dispute USING btree (due_on);

CREATE INDEX governance_dispute_made_by_id_2f1fe10a ON public.governance_dispute USING btree (made_by_id);

CREATE INDEX governance_dispute_mediator_id_781b2fa5 ON public.governance_dispute USING btree (mediator_id);

CREATE INDEX governance_dispute_number_1473c3fd_like ON public.governance_dispute USING btree (number varchar_pattern_ops);

CREATE INDEX governance_dispute_organisation_id_af8b9680 ON public.governance_dispute USING btree (organisation_id);

CREATE INDEX governance_disputeparty_dispute_id_fdc91ad6 ON public.governance_disputeparty USING btree (dispute_id);

CREATE INDEX governance_disputestep_by_id_19c52179 ON public.governance_disputestep USING btree (by_id);

CREATE INDEX governance_disputestep_dispute_id_a612d865 ON public.governance_disputestep USING btree (dispute_id);

CREATE INDEX governance_gridcell_parents_from_gridcell_id_4c978b37 ON public.governance_gridcell_parents USING btree (from_gridcell_id);

CREATE INDEX governance_gridcell_parents_to_gridcell_id_5a5cea74 ON public.governance_gridcell_parents USING btree (to_gridcell_id);

CREATE INDEX governance_groupdispute_made_by_id_dce54920 ON public.governance_groupdispute USING btree (made_by_id);

CREATE INDEX governance_groupdispute_number_58487466_like ON public.governance_groupdispute USING btree (number varchar_pattern_ops);

CREATE INDEX governance_groupdispute_organisation_id_7d869f2e ON public.governance_groupdispute USING btree (organisation_id);

CREATE INDEX governance_groupdisputestep_by_id_89a78522 ON public.governance_groupdisputestep USING btree (by_id);

CREATE INDEX governance_groupdisputestep_event_id_51e433bc ON public.governance_groupdisputestep USING btree (event_id);

CREATE INDEX governance_inspection_account_id_ac6a531f ON public.governance_inspection USING btree (account_id);

CREATE INDEX governance_inspection_division_code_aacd2c2f ON public.governance_inspection USING btree (division_code);

CREATE INDEX governance_inspection_division_code_aacd2c2f_like ON public.governance_inspection USING btree (division_code varchar_pattern_ops);

CREATE INDEX governance_inspection_key_7ba032c5_like ON public.governance_inspection USING btree (key varchar_pattern_ops);

CREATE INDEX governance_inspection_key_place_id_9b766f4d ON public.governance_inspection USING btree (key_place_id);

CREATE INDEX governance_inspection_place ON public.governance_inspection USING btree (key_place_id, at DESC);

CREATE INDEX governance_inspectionfinding_inspection_id_a0ff32c3 ON public.governance_inspectionfinding USING btree (inspection_id);

CREATE INDEX governance_keyplace_code_0328b2bd_like ON public.governance_keyplace USING btree (code varchar_pattern_ops);

CREATE INDEX governance_keyplace_division_code_b9e4bae1 ON public.governance_keyplace USING btree (division_code);

CREATE INDEX governance_keyplace_division_code_b9e4bae1_like ON public.governance_keyplace USING btree (division_code varchar_pattern_ops);

CREATE INDEX governance_keypoint_code_a7b875cb_like ON public.governance_keypoint USING btree (code varchar_pattern_ops);

CREATE INDEX governance_keypoint_division_code_200ab8e9 ON public.governance_keypoint USING btree (division_code);

CREATE INDEX governance_keypoint_division_code_200ab8e9_like ON public.governance_keypoint USING btree (division_code varchar_pattern_ops);

CREATE INDEX governance_patrol_account_id_34270513 ON public.governance_patrol USING btree (account_id);

CREATE UNIQUE INDEX governance_patrol_one_open ON public.governance_patrol USING btree (account_id) WHERE (ended_at IS NULL);

CREATE INDEX governance_patrol_place ON public.governance_patrol USING btree (division_code, started_at);

CREATE INDEX governance_patrol_plan_id_f112ed2c ON public.governance_patrol USING btree (plan_id);

CREATE INDEX governance_patrol_term ON public.governance_patrol USING btree (delete_track_on) WHERE (track_deleted_at IS NULL);

CREATE INDEX governance_patrolplan_name_6f943395_like ON public.governance_patrolplan USING btree (name varchar_pattern_ops);

CREATE INDEX governance_post_code_570b6105_like ON public.governance_post USING btree (code varchar_pattern_ops);

CREATE INDEX governance_post_division_code_0c40d0d2 ON public.governance_post USING btree (division_code);

CREATE INDEX governance_post_division_code_0c40d0d2_like ON public.governance_post USING btree (division_code varchar_pattern_ops);

CREATE INDEX governance_programkey_digest_aa69cd6c_like ON public.governance_programkey USING btree (digest varchar_pattern_ops);

CREATE INDEX governance_reading_by_id_e25648a0 ON public.governance_reading USING btree (by_id);

CREATE INDEX governance_reading_decided ON public.governance_reading USING btree (decided_at);

CREATE INDEX governance_refusedrow_batch_id_6e227061 ON public.governance_refusedrow USING btree (batch_id);

CREATE INDEX governance_reportimport_by_id_fec049bf ON public.governance_reportimport USING btree (by_id);

CREATE INDEX governance_shift_account_id_e010c36d ON public.governance_shift USING btree (account_id);

CREATE INDEX governance_shift_post_id_9b24a498 ON public.governance_shift USING btree (post_id);

CREATE INDEX governance_shift_times_ix ON public.governance_shift USING btree (starts_at, ends_at);

CREATE INDEX governance_videoalarm_camera_id_2f3477ee ON public.governance_videoalarm USING btree (camera_id);

CREATE INDEX governance_videoalarm_device_id_a7d1a5f2 ON public.governance_videoalarm USING btree (device_id);

CREATE INDEX governance_videogrant_asked_by_id_58055e33 ON public.governance_videogrant USING btree (asked_by_id);

CREATE INDEX governance_videogrant_cameras_camera_id_34ade3b9 ON public.governance_videogrant_cameras USING btree (camera_id);

CREATE INDEX governance_videogrant_cameras_videogrant_id_598b368f ON public.governance_videogrant_cameras USING btree (videogrant_id);

CREATE INDEX governance_videogrant_decided_by_id_1f9b8911 ON public.governance_videogrant USING btree (decided_by_id);

CREATE INDEX governance_videogrant_organisation_id_fcd7df35 ON public.governance_videogrant USING btree (organisation_id);

CREATE INDEX governance_viewing_account_id_55983c40 ON public.governance_viewing USING btree (account_id);

CREATE INDEX governance_viewing_camera_id_8a4bdc36 ON public.governance_viewing USING btree (camera_id);

CREATE INDEX governance_viewing_grant_id_5512e1bd ON public.governance_viewing USING btree (grant_id);

CREATE INDEX governance_viewing_organisation_id_7ee080a4 ON public.governance_viewing USING btree (organisation_id);

CREATE INDEX grants_client_organisation_id_bf13df00 ON public.grants_client USING btree (organisation_id);

CREATE INDEX grants_clientevent_application_id_e0e84d4e ON public.grants_clientevent USING btree (application_id);

CREATE INDEX grants_clientevent_created_by_id_e86aad69 ON public.grants_clientevent USING btree (created_by_id);

CREATE INDEX grants_clientevent_organisation_id_9e97d7bf ON public.grants_clientevent USING btree (organisation_id);

CREATE INDEX grants_clientevent_pgh_context_id_39c0b8fa ON public.grants_clientevent USING btree (pgh_context_id);

CREATE INDEX grants_clientevent_pgh_obj_id_3f8041fd ON public.grants_clientevent USING btree (pgh_obj_id);

CREATE INDEX grants_export_grant_id_98e3d52b ON public.grants_export USING btree (grant_id);

CREATE INDEX grants_export_key_9ca047b3_like ON public.grants_export USING btree (key varchar_pattern_ops);

CREATE INDEX grants_grant_grantee_id_9179feb7 ON public.grants_grant USING btree (grantee_id);

CREATE INDEX grants_grant_number_1a6cf63c_like ON public.grants_grant USING btree (number varchar_pattern_ops);

CREATE INDEX grants_grant_request_id_68591394 ON public.grants_grant USING btree (request_id);

CREATE INDEX grants_grant_resource_id_5cce5d3f ON public.grants_grant USING btree (resource_id);

CREATE INDEX grants_grantevent_client_id_c5d3679b ON public.grants_grantevent USING btree (client_id);

CREATE INDEX grants_grantevent_granted_by_id_de1b6141 ON public.grants_grantevent USING btree (granted_by_id);

CREATE INDEX grants_grantevent_grantee_id_df5a1ef8 ON public.grants_grantevent USING btree (grantee_id);

CREATE INDEX grants_grantevent_pgh_context_id_8526bc7d ON public.grants_grantevent USING btree (pgh_context_id);

CREATE INDEX grants_grantevent_pgh_obj_id_2dfa1eea ON public.grants_grantevent USING btree (pgh_obj_id);

CREATE INDEX grants_grantevent_request_id_98dbd381 ON public.grants_grantevent USING btree (request_id);

CREATE INDEX grants_grantevent_resource_id_3c00c7ab ON public.grants_grantevent USING btree (resource_id);

CREATE INDEX grants_need_holder_id_e672c1bf ON public.grants_need USING btree (holder_id);

CREATE INDEX grants_need_organisation_id_c2dc7e0c ON public.grants_need USING btree (organisation_id);

CREATE INDEX grants_need_resource_id_53bc6af0 ON public.grants_need USING btree (resource_id);

CREATE INDEX grants_objection_grant_id_92cbf200 ON public.grants_objection USING btree (grant_id);

CREATE INDEX grants_objection_number_1cfaaa4c_like ON public.grants_objection USING btree (number varchar_pattern_ops);

CREATE INDEX grants_objection_organisation_id_3ce6031b ON public.grants_objection USING btree (organisation_id);

CREATE INDEX grants_objection_resource_id_d087f293 ON public.grants_objection USING btree (resource_id);

CREATE INDEX grants_objectionevent_account_id_ce7dedae ON public.grants_objectionevent USING btree (account_id);

CREATE INDEX grants_objectionevent_answered_by_id_ee49efa7 ON public.grants_objectionevent USING btree (answered_by_id);

CREATE INDEX grants_objectionevent_grant_id_ed00b047 ON public.grants_objectionevent USING btree (grant_id);

CREATE INDEX grants_objectionevent_organisation_id_e353d5d6 ON public.grants_objectionevent USING btree (organisation_id);

CREATE INDEX grants_objectionevent_pgh_context_id_2adbf0b4 ON public.grants_objectionevent USING btree (pgh_context_id);

CREATE INDEX grants_objectionevent_pgh_obj_id_e37abb6b ON public.grants_objectionevent USING btree (pgh_obj_id);

CREATE INDEX grants_objectionevent_resource_id_cb79ca1f ON public.grants_objectionevent USING btree (resource_id);

CREATE UNIQUE INDEX grants_one_active_grant ON public.grants_grant USING btree (resource_id, grantee_id, client_id) NULLS NOT DISTINCT WHERE ((state)::text = 'active'::text);

CREATE INDEX grants_request_case_id_2c43f608 ON public.grants_request USING btree (case_id);

CREATE INDEX grants_request_number_31bb863a_like ON public.grants_request USING btree (number varchar_pattern_ops);

CREATE INDEX grants_request_organisation_id_cc9f422e ON public.grants_request USING btree (organisation_id);

CREATE INDEX grants_request_resource_id_6203aa63 ON public.grants_request USING btree (resource_id);

CREATE INDEX grants_requestevent_account_id_f76e8e07 ON public.grants_requestevent USING btree (account_id);

CREATE INDEX grants_requestevent_case_id_62438aac ON public.grants_requestevent USING btree (case_id);

CREATE INDEX grants_requestevent_decided_by_id_f2e3b660 ON public.grants_requestevent USING btree (decided_by_id);

CREATE INDEX grants_requestevent_organisation_id_924070d9 ON public.grants_requestevent USING btree (organisation_id);

CREATE INDEX grants_requestevent_pgh_context_id_6316283d ON public.grants_requestevent USING btree (pgh_context_id);

CREATE INDEX grants_requestevent_pgh_obj_id_542b967e ON public.grants_requestevent USING btree (pgh_obj_id);

CREATE INDEX grants_requestevent_resource_id_0b84dfd7 ON public.grants_requestevent USING btree (resource_id);

CREATE INDEX grants_seal_digest_e1b47b53_like ON public.grants_seal USING btree (digest varchar_pattern_ops);

CREATE INDEX grants_subject_hashes ON public.grants_usesubjects USING gin (hashes);

CREATE INDEX grants_use_grant ON public.grants_use USING btree (grant_id, id DESC);

CREATE INDEX grants_use_resource ON public.grants_use USING btree (resource_id, id DESC);

CREATE INDEX grants_usesubjects_use_id_6969e3c9 ON public.grants_usesubjects USING btree (use_id);

CREATE INDEX hourly_value_by_time ON public.environment_hourlyvalue USING btree (at);

CREATE INDEX hourly_value_not_as_measured ON public.environment_hourlyvalue USING btree (at) INCLUDE (series_id, validity, reason) WHERE (NOT ((validity)::text = 'valid'::text));

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX indicator_entry_of_item ON public.programme_indicatorentry USING btree (item_set, item, last_on DESC);

CREATE INDEX jobs_heartbeat_name_7d4519e6_like ON public.jobs_heartbeat USING btree (name varchar_pattern_ops);

CREATE INDEX jobs_progress_newest ON public.jobs_workprogress USING btree (created_at DESC);

CREATE INDEX jobs_workprogress_started_by_id_b5de839c ON public.jobs_workprogress USING btree (started_by_id);

CREATE UNIQUE INDEX ledger_account_once ON public.transit_ledgeraccount USING btree (kind, provider) WHERE (card_id IS NULL);

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);

CREATE UNIQUE INDEX milestone_change_one_open ON public.programme_milestonechange USING btree (milestone_id) WHERE (is_granted IS NULL);

CREATE INDEX noise_day_by_day ON public.environment_noiseday USING btree ("on");

CREATE UNIQUE INDEX notice_once ON public.transit_paymentnotice USING btree (provider, event) WHERE ((NOT ((event)::text = ''::text)) AND (NOT ((outcome)::text = ANY (ARRAY[('forged'::character varying)::text, ('stale'::character varying)::text]))));

CREATE INDEX oauth2_prov_token_f_996e8a_idx ON public.oauth2_provider_refreshtoken USING btree (token_family);

CREATE INDEX oauth2_provider_accesstoken_application_id_b22886e1 ON public.oauth2_provider_accesstoken USING btree (application_id);

CREATE INDEX oauth2_provider_accesstoken_token_checksum_85319a26_like ON public.oauth2_provider_accesstoken USING btree (token_checksum varchar_pattern_ops);

CREATE INDEX oauth2_provider_accesstoken_user_id_6e4c9a65 ON public.oauth2_provider_accesstoken USING btree (user_id);

CREATE INDEX oauth2_provider_application_client_id_03f0cc84_like ON public.oauth2_provider_application USING btree (client_id varchar_pattern_ops);

CREATE INDEX oauth2_provider_application_client_secret_53133678 ON public.oauth2_provider_application USING btree (client_secret);

CREATE INDEX oauth2_provider_application_client_secret_53133678_like ON public.oauth2_provider_application USING btree (client_secret varchar_pattern_ops);

CREATE INDEX oauth2_provider_application_user_id_79829054 ON public.oauth2_provider_application USING btree (user_id);

CREATE INDEX oauth2_provider_devicegrant_client_id_229dd06d ON public.oauth2_provider_devicegrant USING btree (client_id);

CREATE INDEX oauth2_provider_devicegrant_client_id_229dd06d_like ON public.oauth2_provider_devicegrant USING btree (client_id varchar_pattern_ops);

CREATE INDEX oauth2_provider_devicegrant_user_id_1cec5156 ON public.oauth2_provider_devicegrant USING btree (user_id);

CREATE INDEX oauth2_provider_grant_application_id_81923564 ON public.oauth2_provider_grant USING btree (application_id);

CREATE INDEX oauth2_provider_grant_code_49ab4ddf_like ON public.oauth2_provider_grant USING btree (code varchar_pattern_ops);

CREATE INDEX oauth2_provider_grant_user_id_e8f62af8 ON public.oauth2_provider_grant USING btree (user_id);

CREATE INDEX oauth2_provider_idtoken_application_id_08c5ff4f ON public.oauth2_provider_idtoken USING btree (application_id);

CREATE INDEX oauth2_provider_idtoken_user_id_dd512b59 ON public.oauth2_provider_idtoken USING btree (user_id);

CREATE INDEX oauth2_provider_refreshtoken_application_id_2d1c311b ON public.oauth2_provider_refreshtoken USING btree (application_id);

CREATE INDEX oauth2_provider_refreshtoken_user_id_da837fce ON public.oauth2_provider_refreshtoken USING btree (user_id);

CREATE UNIQUE INDEX one_open_correction_per_hour ON public.environment_correction USING btree (series_id, at) WHERE ((state)::text = 'requested'::text);

CREATE INDEX order_by_bus ON public.transit_order USING btree (bus_id, made_at DESC);

CREATE INDEX order_by_trip ON public.transit_order USING btree (day, trip_id);

CREATE INDEX outlet_day_by_day ON public.environment_outletday USING btree ("on");

CREATE INDEX outside_feed_due ON public.transit_outsidefeed USING btree (is_active, next_at);

CREATE UNIQUE INDEX part_of_role_once ON public.programme_participation USING btree (project_id, role) WHERE (until_on IS NULL);

CREATE UNIQUE INDEX part_once ON public.programme_participation USING btree (project_id, firm_id) WHERE (until_on IS NULL);

CREATE INDEX parties_attribute_party_id_924b11e5 ON public.parties_attribute USING btree (party_id);

CREATE INDEX parties_attribute_source_id_b7caa948 ON public.parties_attribute USING btree (source_id);

CREATE INDEX parties_candidate_decided_by_id_91d86472 ON public.parties_candidate USING btree (decided_by_id);

CREATE INDEX parties_candidate_left_id_3cdfb855 ON public.parties_candidate USING btree (left_id);

CREATE INDEX parties_candidate_right_id_4dbc0a1b ON public.parties_candidate USING btree (right_id);

CREATE INDEX parties_division ON public.parties_party USING btree (division_code varchar_pattern_ops);

CREATE INDEX parties_kind_name ON public.parties_party USING btree (kind, name);

CREATE INDEX parties_merge_by_id_dbcbd365 ON public.parties_merge USING btree (by_id);

CREATE INDEX parties_merge_gone_id_5bdc7fb1 ON public.parties_merge USING btree (gone_id);

CREATE INDEX parties_merge_kept_id_4740eebc ON public.parties_merge USING btree (kept_id);

CREATE INDEX parties_merge_undone_by_id_7cee4532 ON public.parties_merge USING btree (undone_by_id);

CREATE UNIQUE INDEX parties_merged_once_at_a_time ON public.parties_merge USING btree (gone_id) WHERE (undone_at IS NULL);

CREATE INDEX parties_name_party_id_617218b0 ON public.parties_name USING btree (party_id);

CREATE INDEX parties_name_prefix ON public.parties_name USING btree (name varchar_pattern_ops);

CREATE INDEX parties_name_source_id_d1fa9ac3 ON public.parties_name USING btree (source_id);

CREATE INDEX parties_number_party_id_4bf1b2d6 ON public.parties_number USING btree (party_id);

CREATE INDEX parties_objection_decided_by_id_96ac5d64 ON public.parties_objection USING btree (decided_by_id);

CREATE INDEX parties_objection_filed_by_id_afb3adab ON public.parties_objection USING btree (filed_by_id);

CREATE INDEX parties_objection_party_id_743c4e8e ON public.parties_objection USING btree (party_id);

CREATE INDEX parties_party_merged_into_id_83b7b758 ON public.parties_party USING btree (merged_into_id);

CREATE INDEX parties_party_root_id_53080987 ON public.parties_party USING btree (root_id);

CREATE INDEX parties_precedence_source_id_a92a8713 ON public.parties_precedence USING btree (source_id);

CREATE INDEX parties_precedenceevent_pgh_context_id_81275d49 ON public.parties_precedenceevent USING btree (pgh_context_id);

CREATE INDEX parties_precedenceevent_pgh_obj_id_cc1004dd ON public.parties_precedenceevent USING btree (pgh_obj_id);

CREATE INDEX parties_precedenceevent_source_id_d47baa7a ON public.parties_precedenceevent USING btree (source_id);

CREATE INDEX parties_relation_other_id_60399b0d ON public.parties_relation USING btree (other_id);

CREATE INDEX parties_relation_party_id_93a29aff ON public.parties_relation USING btree (party_id);

CREATE INDEX parties_relation_source_id_eaaf97c0 ON public.parties_relation USING btree (source_id);

CREATE INDEX parties_source_key_f2e376f2_like ON public.parties_source USING btree (key varchar_pattern_ops);

CREATE INDEX parties_sourceevent_pgh_context_id_8a529da8 ON public.parties_sourceevent USING btree (pgh_context_id);

CREATE INDEX parties_sourceevent_pgh_obj_id_2a1f2ae3 ON public.parties_sourceevent USING btree (pgh_obj_id);

CREATE INDEX parties_sourceevent_resource_id_f9548ab3 ON public.parties_sourceevent USING btree (resource_id);

CREATE INDEX parties_split_by_id_966c7827 ON public.parties_split USING btree (by_id);

CREATE INDEX parties_split_made_id_d90a9bb9 ON public.parties_split USING btree (made_id);

CREATE INDEX parties_split_party_id_6e0601d2 ON public.parties_split USING btree (party_id);

CREATE INDEX parties_split_undone_by_id_cf1334b7 ON public.parties_split USING btree (undone_by_id);

CREATE INDEX parties_taken_resource_id_8869ccf4 ON public.parties_taken USING btree (resource_id);

CREATE INDEX people_account_organisation_id_362dc444 ON public.people_account USING btree (organisation_id);

CREATE INDEX people_account_username_e074b194_like ON public.people_account USING btree (username varchar_pattern_ops);

CREATE INDEX people_accountevent_organisation_id_8903fe8d ON public.people_accountevent USING btree (organisation_id);

CREATE INDEX people_accountevent_pgh_context_id_227e580d ON public.people_accountevent USING btree (pgh_context_id);

CREATE INDEX people_accountevent_pgh_obj_id_1c8873ba ON public.people_accountevent USING btree (pgh_obj_id);

CREATE INDEX people_audit_username ON public.people_auditentry USING btree (username, seq DESC);

CREATE INDEX people_auditcheck_at_2ac981a2 ON public.people_auditcheck USING btree (at);

CREATE INDEX people_auditcheck_by_id_438f6b9d ON public.people_auditcheck USING btree (by_id);

CREATE INDEX people_auditentry_account_id_b84f8f2f ON public.people_auditentry USING btree (account_id);

CREATE INDEX people_auditentry_action_8b2802a9 ON public.people_auditentry USING btree (action);

CREATE INDEX people_auditentry_action_8b2802a9_like ON public.people_auditentry USING btree (action varchar_pattern_ops);

CREATE INDEX people_auditentry_at_d20dbb76 ON public.people_auditentry USING btree (at);

CREATE INDEX people_auditentry_digest_f2220df6_like ON public.people_auditentry USING btree (digest varchar_pattern_ops);

CREATE INDEX people_duty_account_id_037d13e4 ON public.people_duty USING btree (account_id);

CREATE INDEX people_duty_ended_by_id_63bab27d ON public.people_duty USING btree (ended_by_id);

CREATE INDEX people_duty_granted_by_id_4cc0c2b2 ON public.people_duty USING btree (granted_by_id);

CREATE UNIQUE INDEX people_duty_once ON public.people_duty USING btree (account_id, role, organisation_id) WHERE (ended_at IS NULL);

CREATE INDEX people_duty_organisation_id_1ce1beba ON public.people_duty USING btree (organisation_id);

CREATE INDEX people_duty_role ON public.people_duty USING btree (role, organisation_id);

CREATE UNIQUE INDEX people_duty_separation ON public.people_duty USING btree (account_id) WHERE ((ended_at IS NULL) AND ((role)::text = ANY (ARRAY[('people.admin'::character varying)::text, ('people.auditor'::character varying)::text, ('kernel.operator'::character varying)::text])));

CREATE INDEX people_dutyevent_account_id_e9e84a58 ON public.people_dutyevent USING btree (account_id);

CREATE INDEX people_dutyevent_ended_by_id_ba19362a ON public.people_dutyevent USING btree (ended_by_id);

CREATE INDEX people_dutyevent_granted_by_id_3e703ae9 ON public.people_dutyevent USING btree (granted_by_id);

CREATE INDEX people_dutyevent_organisation_id_53c4e008 ON public.people_dutyevent USING btree (organisation_id);

CREATE INDEX people_dutyevent_pgh_context_id_58e30e23 ON public.people_dutyevent USING btree (pgh_context_id);

CREATE INDEX people_dutyevent_pgh_obj_id_54f4d1e5 ON public.people_dutyevent USING btree (pgh_obj_id);

CREATE INDEX people_lifestep_account_id_9e0e8d09 ON public.people_lifestep USING btree (account_id);

CREATE INDEX people_lifestep_by_id_61ad309b ON public.people_lifestep USING btree (by_id);

CREATE INDEX people_lifestep_organisation_id_56dae9be ON public.people_lifestep USING btree (organisation_id);

CREATE INDEX people_organisation_code_8eabbe12_like ON public.people_organisation USING btree (code varchar_pattern_ops);

CREATE INDEX people_organisation_division_code_4ca86b59 ON public.people_organisation USING btree (division_code);

CREATE INDEX people_organisation_division_code_4ca86b59_like ON public.people_organisation USING btree (division_code varchar_pattern_ops);

CREATE INDEX people_organisation_parent_id_99463b78 ON public.people_organisation USING btree (parent_id);

CREATE INDEX people_organisation_path_fcb6ed16_like ON public.people_organisation USING btree (path varchar_pattern_ops);

CREATE UNIQUE INDEX people_organisation_uscc_once ON public.people_organisation USING btree (uscc) WHERE (NOT ((uscc)::text = ''::text));

CREATE INDEX people_organisationevent_parent_id_3d6d0995 ON public.people_organisationevent USING btree (parent_id);

CREATE INDEX people_organisationevent_pgh_context_id_24144040 ON public.people_organisationevent USING btree (pgh_context_id);

CREATE INDEX people_organisationevent_pgh_obj_id_593acf03 ON public.people_organisationevent USING btree (pgh_obj_id);

CREATE INDEX people_pastpassword_account_id_1112f4da ON public.people_pastpassword USING btree (account_id);

CREATE INDEX people_signin_account_id_65083646 ON public.people_signin USING btree (account_id);

CREATE INDEX people_signin_open ON public.people_signin USING btree (account_id, started_at) WHERE (ended_at IS NULL);

CREATE INDEX people_signin_session_key_03dda37d ON public.people_signin USING btree (session_key);

CREATE INDEX people_signin_session_key_03dda37d_like ON public.people_signin USING btree (session_key varchar_pattern_ops);

CREATE UNIQUE INDEX people_username_in_any_case ON public.people_account USING btree (lower((username)::text));

CREATE INDEX places_address_cell_3b189838 ON public.places_address USING btree (cell);

CREATE INDEX places_address_cell_3b189838_like ON public.places_address USING btree (cell varchar_pattern_ops);

CREATE INDEX places_address_division_id_01fb3e5d ON public.places_address USING btree (division_id);

CREATE INDEX places_address_division_id_01fb3e5d_like ON public.places_address USING btree (division_id varchar_pattern_ops);

CREATE INDEX places_address_earth ON public.places_address USING gist (public.ll_to_earth(lat, lon));

CREATE INDEX places_address_text_58d37d67_like ON public.places_address USING btree (text varchar_pattern_ops);

CREATE INDEX places_address_trigrams ON public.places_address USING gin (text public.gin_trgm_ops);

CREATE INDEX places_division_code_d8ebb5ff_like ON public.places_division USING btree (code varchar_pattern_ops);

CREATE INDEX places_division_earth ON public.places_division USING gist (public.ll_to_earth(lat, lon));

CREATE INDEX places_division_level ON public.places_division USING btree (level, code);

CREATE INDEX places_division_parent_id_a7a12d3b ON public.places_division USING btree (parent_id);

CREATE INDEX places_division_parent_id_a7a12d3b_like ON public.places_division USING btree (parent_id varchar_pattern_ops);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

CREATE INDEX programme_acceptance_asked_by_id_993ef525 ON public.programme_acceptance USING btree (asked_by_id);

CREATE INDEX programme_acceptance_decided_by_id_d30282ac ON public.programme_acceptance USING btree (decided_by_id);

CREATE INDEX programme_acceptance_test_by_id_76c79308 ON public.programme_acceptance USING btree (test_by_id);

CREATE INDEX programme_acceptanceitem_agreed_by_id_1edb372a ON public.programme_acceptanceitem USING btree (agreed_by_id);

CREATE INDEX programme_acceptanceitem_made_by_id_9871eada ON public.programme_acceptanceitem USING btree (made_by_id);

CREATE INDEX programme_acceptanceitem_project_id_1b148290 ON public.programme_acceptanceitem USING btree (project_id);

CREATE INDEX programme_acceptancerun_by_id_377f8c0c ON public.programme_acceptancerun USING btree (by_id);

CREATE INDEX programme_acceptancerun_digest_90b0a133_like ON public.programme_acceptancerun USING btree (digest varchar_pattern_ops);

CREATE INDEX programme_acceptancerun_project_id_cfdadc10 ON public.programme_acceptancerun USING btree (project_id);

CREATE INDEX programme_agendaitem_decided_by_id_e0a468e5 ON public.programme_agendaitem USING btree (decided_by_id);

CREATE INDEX programme_agendaitem_decision_id_215cd509 ON public.programme_agendaitem USING btree (decision_id);

CREATE INDEX programme_agendaitem_made_by_id_6b056075 ON public.programme_agendaitem USING btree (made_by_id);

CREATE INDEX programme_agendaitem_meeting_id_d79e223d ON public.programme_agendaitem USING btree (meeting_id);

CREATE INDEX programme_agendaitem_task_id_0dc2d18c ON public.programme_agendaitem USING btree (task_id);

CREATE INDEX programme_agendaitem_unit_id_aeda495a ON public.programme_agendaitem USING btree (unit_id);

CREATE INDEX programme_answercheck_answered_by_id_8974fba3 ON public.programme_answercheck USING btree (answered_by_id);

CREATE INDEX programme_answercheck_case_id_51ef019f ON public.programme_answercheck USING btree (case_id);

CREATE INDEX programme_answercheck_checked_by_id_567f8228 ON public.programme_answercheck USING btree (checked_by_id);

CREATE INDEX programme_appraisal_unit_id_11ce09ff ON public.programme_appraisal USING btree (unit_id);

CREATE INDEX programme_appraisal_year_id_5df93278 ON public.programme_appraisal USING btree (year_id);

CREATE INDEX programme_appraisalyear_final_by_id_da097602 ON public.programme_appraisalyear USING btree (final_by_id);

CREATE INDEX programme_appraisalyear_published_by_id_3900310d ON public.programme_appraisalyear USING btree (published_by_id);

CREATE INDEX programme_article_approved_by_id_30ecd1ce ON public.programme_article USING btree (approved_by_id);

CREATE INDEX programme_article_made_by_id_a3eb6007 ON public.programme_article USING btree (made_by_id);

CREATE INDEX programme_article_picture_id_e61ab489 ON public.programme_article USING btree (picture_id);

CREATE INDEX programme_articleday_article_id_24212ab6 ON public.programme_articleday USING btree (article_id);

CREATE INDEX programme_assetfiling_asset_id_15ba308d ON public.programme_assetfiling USING btree (asset_id);

CREATE INDEX programme_assetfiling_confirmed_by_id_c06f13b1 ON public.programme_assetfiling USING btree (confirmed_by_id);

CREATE INDEX programme_assetfiling_file_id_6f07b56a ON public.programme_assetfiling USING btree (file_id);

CREATE INDEX programme_assetfiling_made_by_id_0041f1bf ON public.programme_assetfiling USING btree (made_by_id);

CREATE INDEX programme_attendance_meeting_id_1d32b934 ON public.programme_attendance USING btree (meeting_id);

CREATE INDEX programme_attendance_unit_id_0e0d0507 ON public.programme_attendance USING btree (unit_id);

CREATE INDEX programme_bid_firm_id_c480fcca ON public.programme_bid USING btree (firm_id);

CREATE INDEX programme_bid_made_by_id_57ad02f2 ON public.programme_bid USING btree (made_by_id);

CREATE INDEX programme_bid_procurement_id_e20d6bba ON public.programme_bid USING btree (procurement_id);

CREATE INDEX programme_bidobjection_firm_id_5a41bb63 ON public.programme_bidobjection USING btree (firm_id);

CREATE INDEX programme_bidobjection_procurement_id_394694b0 ON public.programme_bidobjection USING btree (procurement_id);

CREATE INDEX programme_briefing_document_id_bd044a6f ON public.programme_briefing USING btree (document_id);

CREATE INDEX programme_briefing_made_by_id_cf478bc5 ON public.programme_briefing USING btree (made_by_id);

CREATE INDEX programme_briefing_slides_id_35ea6f03 ON public.programme_briefing USING btree (slides_id);

CREATE INDEX programme_budgetchange_asked_by_id_bd540a8e ON public.programme_budgetchange USING btree (asked_by_id);

CREATE INDEX programme_budgetchange_decided_by_id_8ab10c51 ON public.programme_budgetchange USING btree (decided_by_id);

CREATE INDEX programme_budgetchange_line_id_c3edb899 ON public.programme_budgetchange USING btree (line_id);

CREATE INDEX programme_budgetline_asked_by_id_65020a33 ON public.programme_budgetline USING btree (asked_by_id);

CREATE INDEX programme_budgetline_code_e4298442_like ON public.programme_budgetline USING btree (code varchar_pattern_ops);

CREATE INDEX programme_budgetline_decided_by_id_f96b28a6 ON public.programme_budgetline USING btree (decided_by_id);

CREATE INDEX programme_budgetline_project_id_f27df6fe ON public.programme_budgetline USING btree (project_id);

CREATE INDEX programme_budgetline_unit_id_b0fea544 ON public.programme_budgetline USING btree (unit_id);

CREATE INDEX programme_budgetline_year_id_76f94f9f ON public.programme_budgetline USING btree (year_id);

CREATE INDEX programme_certificate_account_id_a3e41099 ON public.programme_certificate USING btree (account_id);

CREATE INDEX programme_certificate_number_2566c0f2_like ON public.programme_certificate USING btree (number varchar_pattern_ops);

CREATE INDEX programme_certificate_revoked_by_id_9ea818ce ON public.programme_certificate USING btree (revoked_by_id);

CREATE INDEX programme_commitment_contract_id_41ac467f ON public.programme_commitment USING btree (contract_id);

CREATE INDEX programme_commitment_line_id_22087b32 ON public.programme_commitment USING btree (line_id);

CREATE INDEX programme_commitment_subsidy_id_778f0167 ON public.programme_commitment USING btree (subsidy_id);

CREATE INDEX programme_contract_asked_by_id_145adf41 ON public.programme_contract USING btree (asked_by_id);

CREATE INDEX programme_contract_decided_by_id_25383a9f ON public.programme_contract USING btree (decided_by_id);

CREATE INDEX programme_contract_firm_id_161d71a7 ON public.programme_contract USING btree (firm_id);

CREATE INDEX programme_contract_number_76cb3cdd_like ON public.programme_contract USING btree (number varchar_pattern_ops);

CREATE INDEX programme_contract_project_id_e2deb565 ON public.programme_contract USING btree (project_id);

CREATE INDEX programme_controlevidence_confirmed_by_id_64c7c1e8 ON public.programme_controlevidence USING btree (confirmed_by_id);

CREATE INDEX programme_controlevidence_control_cf0d0c5a ON public.programme_controlevidence USING btree (control);

CREATE INDEX programme_controlevidence_control_cf0d0c5a_like ON public.programme_controlevidence USING btree (control varchar_pattern_ops);

CREATE INDEX programme_controlevidence_file_id_003f3890 ON public.programme_controlevidence USING btree (file_id);

CREATE INDEX programme_controlevidence_made_by_id_20ed503b ON public.programme_controlevidence USING btree (made_by_id);

CREATE INDEX programme_controlfinding_run_id_93e8e52a ON public.programme_controlfinding USING btree (run_id);

CREATE INDEX programme_controlrun_at_c4780897 ON public.programme_controlrun USING btree (at);

CREATE INDEX programme_controlrun_by_id_a1b8e684 ON public.programme_controlrun USING btree (by_id);

CREATE INDEX programme_course_made_by_id_8ffb8858 ON public.programme_course USING btree (made_by_id);

CREATE INDEX programme_course_title_2e7ce220_like ON public.programme_course USING btree (title varchar_pattern_ops);

CREATE INDEX programme_course_units_course_id_b0bd8404 ON public.programme_course_units USING btree (course_id);

CREATE INDEX programme_course_units_organisation_id_8fd2dc58 ON public.programme_course_units USING btree (organisation_id);

CREATE INDEX programme_decision_meeting_id_f423a62a ON public.programme_decision USING btree (meeting_id);

CREATE INDEX programme_decision_owner_id_1b7ffc2f ON public.programme_decision USING btree (owner_id);

CREATE INDEX programme_decision_task_id_0046fa41 ON public.programme_decision USING btree (task_id);

CREATE INDEX programme_deliverable_checked_by_id_b54614bc ON public.programme_deliverable USING btree (checked_by_id);

CREATE INDEX programme_deliverable_file_id_8b09b23a ON public.programme_deliverable USING btree (file_id);

CREATE INDEX programme_deliverable_handed_in_by_id_9d7b6a20 ON public.programme_deliverable USING btree (handed_in_by_id);

CREATE INDEX programme_deliverable_milestone_id_3f1a9ef1 ON public.programme_deliverable USING btree (milestone_id);

CREATE INDEX programme_deliverable_unit_id_9865aafc ON public.programme_deliverable USING btree (unit_id);

CREATE INDEX programme_draw_made_by_id_7428c679 ON public.programme_draw USING btree (made_by_id);

CREATE INDEX programme_draw_number_05cf3880_like ON public.programme_draw USING btree (number varchar_pattern_ops);

CREATE INDEX programme_draw_review_id_f442d52f ON public.programme_draw USING btree (review_id);

CREATE INDEX programme_drawshare_draw_id_04dc2876 ON public.programme_drawshare USING btree (draw_id);

CREATE INDEX programme_drawshare_witness_id_cad6e5da ON public.programme_drawshare USING btree (witness_id);

CREATE INDEX programme_drillfinding_drill_id_99f1ff5d ON public.programme_drillfinding USING btree (drill_id);

CREATE INDEX programme_drillfinding_incident_id_d1a5dab0 ON public.programme_drillfinding USING btree (incident_id);

CREATE INDEX programme_drillfinding_owner_id_aa89715a ON public.programme_drillfinding USING btree (owner_id);

CREATE INDEX programme_effect_project_id_ec1ec224 ON public.programme_effect USING btree (project_id);

CREATE INDEX programme_effectreport_confirmed_by_id_093b88e1 ON public.programme_effectreport USING btree (confirmed_by_id);

CREATE INDEX programme_effectreport_file_id_34941620 ON public.programme_effectreport USING btree (file_id);

CREATE INDEX programme_effectreport_firm_id_1d19fb30 ON public.programme_effectreport USING btree (firm_id);

CREATE INDEX programme_effectreport_made_by_id_e79c5e7f ON public.programme_effectreport USING btree (made_by_id);

CREATE INDEX programme_enrolment_account_id_6e2992a3 ON public.programme_enrolment USING btree (account_id);

CREATE INDEX programme_enrolment_course_id_76bcd0ef ON public.programme_enrolment USING btree (course_id);

CREATE INDEX programme_exam_course_id_fb59753e ON public.programme_exam USING btree (course_id);

CREATE INDEX programme_exam_title_e0b7dc85_like ON public.programme_exam USING btree (title varchar_pattern_ops);

CREATE INDEX programme_expert_number_147425bf_like ON public.programme_expert USING btree (number varchar_pattern_ops);

CREATE INDEX programme_firm_affiliates_from_firm_id_88f13771 ON public.programme_firm_affiliates USING btree (from_firm_id);

CREATE INDEX programme_firm_affiliates_to_firm_id_30fbfbc1 ON public.programme_firm_affiliates USING btree (to_firm_id);

CREATE INDEX programme_firm_uscc_0390222e_like ON public.programme_firm USING btree (uscc varchar_pattern_ops);

CREATE INDEX programme_fundyear_close_asked_by_id_e4fab0f5 ON public.programme_fundyear USING btree (close_asked_by_id);

CREATE INDEX programme_fundyear_closed_by_id_dfca284a ON public.programme_fundyear USING btree (closed_by_id);

CREATE INDEX programme_gatepassage_asked_by_id_f4526c50 ON public.programme_gatepassage USING btree (asked_by_id);

CREATE INDEX programme_gatepassage_decided_by_id_0d125914 ON public.programme_gatepassage USING btree (decided_by_id);

CREATE INDEX programme_gatepassage_project_id_c1c6c2e7 ON public.programme_gatepassage USING btree (project_id);

CREATE INDEX programme_guarantee_loan_id_f8b4264d ON public.programme_guarantee USING btree (loan_id);

CREATE INDEX programme_guarantee_made_by_id_18b8af36 ON public.programme_guarantee USING btree (made_by_id);

CREATE INDEX programme_guarantee_number_11f969f2_like ON public.programme_guarantee USING btree (number varchar_pattern_ops);

CREATE INDEX programme_indicatorentry_decided_by_id_a2d825d9 ON public.programme_indicatorentry USING btree (decided_by_id);

CREATE INDEX programme_indicatorentry_entered_by_id_cd7b73d9 ON public.programme_indicatorentry USING btree (entered_by_id);

CREATE INDEX programme_indicatorentry_file_id_b04adf12 ON public.programme_indicatorentry USING btree (file_id);

CREATE INDEX programme_invitation_expert_id_cf40bce4 ON public.programme_invitation USING btree (expert_id);

CREATE INDEX programme_invitation_review_id_daadf017 ON public.programme_invitation USING btree (review_id);

CREATE INDEX programme_ledgeraccount_commitment_id_f80780e1 ON public.programme_ledgeraccount USING btree (commitment_id);

CREATE INDEX programme_ledgeraccount_line_id_7de5c7e5 ON public.programme_ledgeraccount USING btree (line_id);

CREATE INDEX programme_ledgeraccount_payment_id_a06b405b ON public.programme_ledgeraccount USING btree (payment_id);

CREATE INDEX programme_lesson_course_id_005cf85e ON public.programme_lesson USING btree (course_id);

CREATE INDEX programme_lesson_file_id_b21c62c8 ON public.programme_lesson USING btree (file_id);

CREATE INDEX programme_lessonread_enrolment_id_a7fe91ab ON public.programme_lessonread USING btree (enrolment_id);

CREATE INDEX programme_lessonread_lesson_id_5dc20665 ON public.programme_lessonread USING btree (lesson_id);

CREATE INDEX programme_loan_borrower_id_3540fe87 ON public.programme_loan USING btree (borrower_id);

CREATE INDEX programme_loan_made_by_id_1bda47e5 ON public.programme_loan USING btree (made_by_id);

CREATE INDEX programme_loan_number_d272a496_like ON public.programme_loan USING btree (number varchar_pattern_ops);

CREATE INDEX programme_loan_project_id_1bce658a ON public.programme_loan USING btree (project_id);

CREATE INDEX programme_loanmovement_loan_id_13e0d5e6 ON public.programme_loanmovement USING btree (loan_id);

CREATE INDEX programme_loanmovement_made_by_id_f2dc1adf ON public.programme_loanmovement USING btree (made_by_id);

CREATE INDEX programme_maintenance_agreed_by_id_7fe36319 ON public.programme_maintenance USING btree (agreed_by_id);

CREATE INDEX programme_maintenance_asked_by_id_4e10380c ON public.programme_maintenance USING btree (asked_by_id);

CREATE INDEX programme_maintenance_contract_id_c5c42523 ON public.programme_maintenance USING btree (contract_id);

CREATE INDEX programme_manualresult_confirmed_by_id_c0b29ca8 ON public.programme_manualresult USING btree (confirmed_by_id);

CREATE INDEX programme_manualresult_file_id_09662d5a ON public.programme_manualresult USING btree (file_id);

CREATE INDEX programme_manualresult_item_id_baea50c2 ON public.programme_manualresult USING btree (item_id);

CREATE INDEX programme_manualresult_made_by_id_e5760227 ON public.programme_manualresult USING btree (made_by_id);

CREATE INDEX programme_meeting_made_by_id_d8726e70 ON public.programme_meeting USING btree (made_by_id);

CREATE INDEX programme_meeting_number_ed1105d5_like ON public.programme_meeting USING btree (number varchar_pattern_ops);

CREATE INDEX programme_milestone_task_id_517a2585 ON public.programme_milestone USING btree (task_id);

CREATE INDEX programme_milestonechange_asked_by_id_599a2cdc ON public.programme_milestonechange USING btree (asked_by_id);

CREATE INDEX programme_milestonechange_decided_by_id_c0bf37e9 ON public.programme_milestonechange USING btree (decided_by_id);

CREATE INDEX programme_milestonechange_milestone_id_18a28418 ON public.programme_milestonechange USING btree (milestone_id);

CREATE INDEX programme_milestonelink_after_id_7b7b4b0a ON public.programme_milestonelink USING btree (after_id);

CREATE INDEX programme_milestonelink_before_id_8284b67c ON public.programme_milestonelink USING btree (before_id);

CREATE INDEX programme_monthlyreport_decided_by_id_460de435 ON public.programme_monthlyreport USING btree (decided_by_id);

CREATE INDEX programme_monthlyreport_reported_by_id_3e670bda ON public.programme_monthlyreport USING btree (reported_by_id);

CREATE INDEX programme_monthlyreport_task_id_39e3cafa ON public.programme_monthlyreport USING btree (task_id);

CREATE INDEX programme_opinion_signed_by_id_bcceb2d3 ON public.programme_opinion USING btree (signed_by_id);

CREATE INDEX programme_participation_firm_id_7edefed8 ON public.programme_participation USING btree (firm_id);

CREATE INDEX programme_participation_made_by_id_5693e3b2 ON public.programme_participation USING btree (made_by_id);

CREATE INDEX programme_participation_procurement_id_43ac023f ON public.programme_participation USING btree (procurement_id);

CREATE INDEX programme_participation_project_id_f3d04d08 ON public.programme_participation USING btree (project_id);

CREATE INDEX programme_payment_asked_by_id_7f643e22 ON public.programme_payment USING btree (asked_by_id);

CREATE INDEX programme_payment_commitment_id_faf6b5b6 ON public.programme_payment USING btree (commitment_id);

CREATE INDEX programme_payment_decided_by_id_5abf0404 ON public.programme_payment USING btree (decided_by_id);

CREATE INDEX programme_payment_number_c4233173_like ON public.programme_payment USING btree (number varchar_pattern_ops);

CREATE INDEX programme_payment_paid_by_id_7714bcdf ON public.programme_payment USING btree (paid_by_id);

CREATE INDEX programme_payment_returned_by_id_bd3eb45d ON public.programme_payment USING btree (returned_by_id);

CREATE INDEX programme_payment_run_id_2ded1394 ON public.programme_payment USING btree (run_id);

CREATE INDEX programme_payment_term_id_75d3d741 ON public.programme_payment USING btree (term_id);

CREATE INDEX programme_payment_voucher_bb5ad7be_like ON public.programme_payment USING btree (voucher varchar_pattern_ops);

CREATE INDEX programme_payment_waits ON public.programme_payment USING btree (state, asked_at);

CREATE INDEX programme_paymentterm_contract_id_699ff336 ON public.programme_paymentterm USING btree (contract_id);

CREATE INDEX programme_paymentterm_milestone_id_a7142a12 ON public.programme_paymentterm USING btree (milestone_id);

CREATE INDEX programme_plantask_helpers_organisation_id_21c18a16 ON public.programme_plantask_helpers USING btree (organisation_id);

CREATE INDEX programme_plantask_helpers_plantask_id_90d71f81 ON public.programme_plantask_helpers USING btree (plantask_id);

CREATE INDEX programme_plantask_lead_id_558a11eb ON public.programme_plantask USING btree (lead_id);

CREATE INDEX programme_plantask_system_15e84ade_like ON public.programme_plantask USING btree (system varchar_pattern_ops);

CREATE INDEX programme_posting_account_id_53b4c6e1 ON public.programme_posting USING btree (account_id);

CREATE INDEX programme_posting_key_fd7b0b54_like ON public.programme_posting USING btree (key varchar_pattern_ops);

CREATE INDEX programme_postingline_account_id_75f8e97d ON public.programme_postingline USING btree (account_id);

CREATE INDEX programme_postingline_posting_id_2b45f199 ON public.programme_postingline USING btree (posting_id);

CREATE INDEX programme_processingactivity_assessment_id_dff50d79 ON public.programme_processingactivity USING btree (assessment_id);

CREATE INDEX programme_processingactivity_confirmed_by_id_1b5c816c ON public.programme_processingactivity USING btree (confirmed_by_id);

CREATE INDEX programme_processingactivity_holder_id_7387dbb7 ON public.programme_processingactivity USING btree (holder_id);

CREATE INDEX programme_processingactivity_made_by_id_ba12f1b4 ON public.programme_processingactivity USING btree (made_by_id);

CREATE INDEX programme_processingactivity_name_bc02a502_like ON public.programme_processingactivity USING btree (name varchar_pattern_ops);

CREATE INDEX programme_processingactivity_system_7290f6cd ON public.programme_processingactivity USING btree (system);

CREATE INDEX programme_processingactivity_system_7290f6cd_like ON public.programme_processingactivity USING btree (system varchar_pattern_ops);

CREATE INDEX programme_procurement_approved_by_id_73548b9b ON public.programme_procurement USING btree (approved_by_id);

CREATE INDEX programme_procurement_asked_by_id_780d7576 ON public.programme_procurement USING btree (asked_by_id);

CREATE INDEX programme_procurement_number_9a472f1a_like ON public.programme_procurement USING btree (number varchar_pattern_ops);

CREATE INDEX programme_procurement_project_id_f70d3389 ON public.programme_procurement USING btree (project_id);

CREATE INDEX programme_procurement_winner_id_7ad60408 ON public.programme_procurement USING btree (winner_id);

CREATE INDEX programme_project_made_by_id_af771027 ON public.programme_project USING btree (made_by_id);

CREATE INDEX programme_project_number_0ff3aa62_like ON public.programme_project USING btree (number varchar_pattern_ops);

CREATE INDEX programme_project_owner_id_add176ab ON public.programme_project USING btree (owner_id);

CREATE INDEX programme_project_tasks_plantask_id_eab137a1 ON public.programme_project_tasks USING btree (plantask_id);

CREATE INDEX programme_project_tasks_project_id_ba66be0c ON public.programme_project_tasks USING btree (project_id);

CREATE INDEX programme_projectchange_asked_by_id_ac936a73 ON public.programme_projectchange USING btree (asked_by_id);

CREATE INDEX programme_projectchange_decided_by_id_0a9cb1e8 ON public.programme_projectchange USING btree (decided_by_id);

CREATE INDEX programme_projectchange_project_id_91214da6 ON public.programme_projectchange USING btree (project_id);

CREATE INDEX programme_projectchange_review_id_23765198 ON public.programme_projectchange USING btree (review_id);

CREATE INDEX programme_projectpaper_confirmed_by_id_a3f104a9 ON public.programme_projectpaper USING btree (confirmed_by_id);

CREATE INDEX programme_projectpaper_file_id_25dda5e7 ON public.programme_projectpaper USING btree (file_id);

CREATE INDEX programme_projectpaper_kind_3d77089b ON public.programme_projectpaper USING btree (kind);

CREATE INDEX programme_projectpaper_kind_3d77089b_like ON public.programme_projectpaper USING btree (kind varchar_pattern_ops);

CREATE INDEX programme_projectpaper_made_by_id_c1fb8fcb ON public.programme_projectpaper USING btree (made_by_id);

CREATE INDEX programme_projectpaper_project_id_ce823d14 ON public.programme_projectpaper USING btree (project_id);

CREATE INDEX programme_publicevent_approved_by_id_31e24aba ON public.programme_publicevent USING btree (approved_by_id);

CREATE INDEX programme_publicevent_made_by_id_9aefd4c5 ON public.programme_publicevent USING btree (made_by_id);

CREATE INDEX programme_publicityplan_approved_by_id_b47c12e9 ON public.programme_publicityplan USING btree (approved_by_id);

CREATE INDEX programme_publicityplan_made_by_id_078accd3 ON public.programme_publicityplan USING btree (made_by_id);

CREATE INDEX programme_publicityplan_title_2c42eb72_like ON public.programme_publicityplan USING btree (title varchar_pattern_ops);

CREATE INDEX programme_publicitystep_article_id_6d3a8992 ON public.programme_publicitystep USING btree (article_id);

CREATE INDEX programme_publicitystep_event_id_3097916a ON public.programme_publicitystep USING btree (event_id);

CREATE INDEX programme_publicitystep_plan_id_1cdeca04 ON public.programme_publicitystep USING btree (plan_id);

CREATE INDEX programme_publicitystep_unit_id_dc7832b6 ON public.programme_publicitystep USING btree (unit_id);

CREATE INDEX programme_question_checked_by_id_9f735c61 ON public.programme_question USING btree (checked_by_id);

CREATE INDEX programme_question_made_by_id_90e560da ON public.programme_question USING btree (made_by_id);

CREATE INDEX programme_receipt_asked_by_id_b1e70390 ON public.programme_receipt USING btree (asked_by_id);

CREATE INDEX programme_receipt_decided_by_id_e7ff0d83 ON public.programme_receipt USING btree (decided_by_id);

CREATE INDEX programme_receipt_number_b499dd2e_like ON public.programme_receipt USING btree (number varchar_pattern_ops);

CREATE INDEX programme_recomputation_by_id_c3e87271 ON public.programme_recomputation USING btree (by_id);

CREATE INDEX programme_review_made_by_id_a8104930 ON public.programme_review USING btree (made_by_id);

CREATE INDEX programme_review_number_7da037c2_like ON public.programme_review USING btree (number varchar_pattern_ops);

CREATE INDEX programme_review_project_id_29df5499 ON public.programme_review USING btree (project_id);

CREATE INDEX programme_securityasset_key_ab877a66_like ON public.programme_securityasset USING btree (key varchar_pattern_ops);

CREATE INDEX programme_securityasset_made_by_id_b1a20f66 ON public.programme_securityasset USING btree (made_by_id);

CREATE INDEX programme_securityasset_owner_id_76c6ca48 ON public.programme_securityasset USING btree (owner_id);

CREATE INDEX programme_securityasset_part_of_id_288a4c74 ON public.programme_securityasset USING btree (part_of_id);

CREATE INDEX programme_securitydrill_approved_by_id_f03cc786 ON public.programme_securitydrill USING btree (approved_by_id);

CREATE INDEX programme_securitydrill_made_by_id_d6b49f72 ON public.programme_securitydrill USING btree (made_by_id);

CREATE INDEX programme_securitydrill_plan_id_6eb827cd ON public.programme_securitydrill USING btree (plan_id);

CREATE INDEX programme_securitydrill_units_organisation_id_82aa65bb ON public.programme_securitydrill_units USING btree (organisation_id);

CREATE INDEX programme_securitydrill_units_securitydrill_id_121ea19e ON public.programme_securitydrill_units USING btree (securitydrill_id);

CREATE INDEX programme_securityincident_asset_id_c9ec2104 ON public.programme_securityincident USING btree (asset_id);

CREATE INDEX programme_securityincident_found_by_id_93c67fea ON public.programme_securityincident USING btree (found_by_id);

CREATE INDEX programme_securityrisk_accepted_by_id_85b3e585 ON public.programme_securityrisk USING btree (accepted_by_id);

CREATE INDEX programme_securityrisk_asset_id_0a8e6aae ON public.programme_securityrisk USING btree (asset_id);

CREATE INDEX programme_securityrisk_correction_id_47743eda ON public.programme_securityrisk USING btree (correction_id);

CREATE INDEX programme_securityrisk_judged_by_id_e08c10fe ON public.programme_securityrisk USING btree (judged_by_id);

CREATE INDEX programme_serviceterms_agreed_by_id_d6e3f8db ON public.programme_serviceterms USING btree (agreed_by_id);

CREATE INDEX programme_serviceterms_asked_by_id_d1d8cc9a ON public.programme_serviceterms USING btree (asked_by_id);

CREATE INDEX programme_serviceterms_contract_id_474de29e ON public.programme_serviceterms USING btree (contract_id);

CREATE INDEX programme_sitting_account_id_28525c61 ON public.programme_sitting USING btree (account_id);

CREATE INDEX programme_sitting_exam_id_2e0ea453 ON public.programme_sitting USING btree (exam_id);

CREATE INDEX programme_snapshot_digest_f56bc121_like ON public.programme_snapshot USING btree (digest varchar_pattern_ops);

CREATE INDEX programme_snapshot_taken_by_id_5768ce8e ON public.programme_snapshot USING btree (taken_by_id);

CREATE INDEX programme_staffnotice_account_id_98164807 ON public.programme_staffnotice USING btree (account_id);

CREATE INDEX programme_staffnotice_given_by_id_3a482c1d ON public.programme_staffnotice USING btree (given_by_id);

CREATE INDEX programme_staffnotice_key_a816f094_like ON public.programme_staffnotice USING btree (key varchar_pattern_ops);

CREATE INDEX programme_staffnotice_organisation_id_e5c2bc19 ON public.programme_staffnotice USING btree (organisation_id);

CREATE INDEX programme_statement_accepted_by_id_40d50302 ON public.programme_statement USING btree (accepted_by_id);

CREATE INDEX programme_statement_approved_by_id_a39ea5ec ON public.programme_statement USING btree (approved_by_id);

CREATE INDEX programme_statement_contract_id_b2f1adc0 ON public.programme_statement USING btree (contract_id);

CREATE INDEX programme_statement_terms_id_85ebb358 ON public.programme_statement USING btree (terms_id);

CREATE INDEX programme_statementdispute_made_by_id_ba2aefc4 ON public.programme_statementdispute USING btree (made_by_id);

CREATE INDEX programme_statementdispute_statement_id_1ad15338 ON public.programme_statementdispute USING btree (statement_id);

CREATE INDEX programme_subsidy_asked_by_id_f1bc393c ON public.programme_subsidy USING btree (asked_by_id);

CREATE INDEX programme_subsidy_decided_by_id_47d23116 ON public.programme_subsidy USING btree (decided_by_id);

CREATE INDEX programme_subsidy_firm_id_aedc9b3c ON public.programme_subsidy USING btree (firm_id);

CREATE INDEX programme_subsidy_loan_id_acb766c9 ON public.programme_subsidy USING btree (loan_id);

CREATE INDEX programme_subsidy_number_1226a764_like ON public.programme_subsidy USING btree (number varchar_pattern_ops);

CREATE INDEX programme_subsidy_project_id_96eade07 ON public.programme_subsidy USING btree (project_id);

CREATE INDEX programme_supervisionletter_decision_id_4fd378e2 ON public.programme_supervisionletter USING btree (decision_id);

CREATE INDEX programme_supervisionletter_issued_by_id_fb7fa24a ON public.programme_supervisionletter USING btree (issued_by_id);

CREATE INDEX programme_supervisionletter_number_ab0cc724_like ON public.programme_supervisionletter USING btree (number varchar_pattern_ops);

CREATE INDEX programme_supervisionletter_report_id_ebf83546 ON public.programme_supervisionletter USING btree (report_id);

CREATE INDEX programme_supervisionletter_task_id_d9ef5896 ON public.programme_supervisionletter USING btree (task_id);

CREATE INDEX programme_supervisionletter_unit_id_eb6b2596 ON public.programme_supervisionletter USING btree (unit_id);

CREATE INDEX programme_supervisionreport_accepted_by_id_eab48b1e ON public.programme_supervisionreport USING btree (accepted_by_id);

CREATE INDEX programme_supervisionreport_file_id_6e862bf4 ON public.programme_supervisionreport USING btree (file_id);

CREATE INDEX programme_supervisionreport_made_by_id_e7e7c944 ON public.programme_supervisionreport USING btree (made_by_id);

CREATE INDEX programme_supervisionreport_project_id_810b5689 ON public.programme_supervisionreport USING btree (project_id);

CREATE INDEX programme_supplieraccess_account_id_4a712775 ON public.programme_supplieraccess USING btree (account_id);

CREATE INDEX programme_supplieraccess_asked_by_id_365788c0 ON public.programme_supplieraccess USING btree (asked_by_id);

CREATE INDEX programme_supplieraccess_contract_id_7edb4978 ON public.programme_supplieraccess USING btree (contract_id);

CREATE INDEX programme_supplieraccess_decided_by_id_edc85544 ON public.programme_supplieraccess USING btree (decided_by_id);

CREATE INDEX programme_supplieraccess_ended_by_id_ed734c01 ON public.programme_supplieraccess USING btree (ended_by_id);

CREATE INDEX programme_supplieraccess_organisation_id_88edcd0d ON public.programme_supplieraccess USING btree (organisation_id);

CREATE INDEX programme_talent_made_by_id_c1126d39 ON public.programme_talent USING btree (made_by_id);

CREATE INDEX programme_talent_number_3e649995_like ON public.programme_talent USING btree (number varchar_pattern_ops);

CREATE INDEX programme_taskday_task_id_14e59749 ON public.programme_taskday USING btree (task_id);

CREATE INDEX programme_taskrisk_closed_by_id_b97487fd ON public.programme_taskrisk USING btree (closed_by_id);

CREATE INDEX programme_taskrisk_opened_by_id_8a579a6f ON public.programme_taskrisk USING btree (opened_by_id);

CREATE INDEX programme_taskrisk_owner_id_a4c59b81 ON public.programme_taskrisk USING btree (owner_id);

CREATE INDEX programme_taskrisk_task_id_0ff6a010 ON public.programme_taskrisk USING btree (task_id);

CREATE INDEX quarantine_to_do ON public.devices_quarantinedmessage USING btree (state, received_at DESC);

CREATE UNIQUE INDEX receipt_once ON public.programme_receipt USING btree (source, document) WHERE (NOT ((state)::text = 'refused'::text));

CREATE INDEX recomputation_of_kpi ON public.programme_recomputation USING btree (system, key, at DESC);

CREATE INDEX record_by_source_and_day ON public.environment_filerecord USING btree (source_id, happened_on DESC);

CREATE INDEX run_by_bus ON public.transit_run USING btree (bus_id, day);

CREATE INDEX run_by_line ON public.transit_run USING btree (day, route_id, state);

CREATE INDEX series_by_item ON public.devices_series USING btree (item, statistic, period);

CREATE INDEX shared_cache_expires ON public.shared_cache USING btree (expires);

CREATE INDEX showing_by_item ON public.transit_showing USING btree (item_id, began_at);

CREATE UNIQUE INDEX sitting_open_once ON public.programme_sitting USING btree (exam_id, account_id) WHERE (submitted_at IS NULL);

CREATE INDEX state_mark_by_outlet ON public.environment_statemark USING btree (outlet_id, from_at);

CREATE INDEX terminal_media_by_device ON public.transit_terminalmedia USING btree (device_id, taken_at DESC);

CREATE INDEX test_payment_about ON public.transit_testpayment USING btree (about, kind);

CREATE INDEX top_up_due ON public.transit_topup USING btree (state, due_at);

CREATE UNIQUE INDEX top_up_paid_once ON public.transit_payment USING btree (top_up_id) WHERE ((use)::text = 'card'::text);

CREATE INDEX transit_assignment_bus_id_bb22f085 ON public.transit_assignment USING btree (bus_id);

CREATE INDEX transit_bulletin_approved_by_id_41e0a4c6 ON public.transit_bulletin USING btree (approved_by_id);

CREATE INDEX transit_bulletin_made_by_id_7a59e130 ON public.transit_bulletin USING btree (made_by_id);

CREATE INDEX transit_bulletin_picture_id_414ff0a2 ON public.transit_bulletin USING btree (picture_id);

CREATE INDEX transit_bus_number_479a9c13_like ON public.transit_bus USING btree (number varchar_pattern_ops);

CREATE INDEX transit_bus_operator_id_a01438c8 ON public.transit_bus USING btree (operator_id);

CREATE INDEX transit_card_mark_f6fca08f_like ON public.transit_card USING btree (mark varchar_pattern_ops);

CREATE INDEX transit_change_amended_by_id_9f8e0aa8 ON public.transit_change USING btree (amended_by_id);

CREATE INDEX transit_change_ended_by_id_b342e197 ON public.transit_change USING btree (ended_by_id);

CREATE INDEX transit_change_made_by_id_396e9b80 ON public.transit_change USING btree (made_by_id);

CREATE INDEX transit_change_published_by_id_9068baec ON public.transit_change USING btree (published_by_id);

CREATE INDEX transit_changeevent_amended_by_id_b783be00 ON public.transit_changeevent USING btree (amended_by_id);

CREATE INDEX transit_changeevent_ended_by_id_5b4fdb35 ON public.transit_changeevent USING btree (ended_by_id);

CREATE INDEX transit_changeevent_made_by_id_07971de2 ON public.transit_changeevent USING btree (made_by_id);

CREATE INDEX transit_changeevent_pgh_context_id_3ed932ad ON public.transit_changeevent USING btree (pgh_context_id);

CREATE INDEX transit_changeevent_pgh_obj_id_44694395 ON public.transit_changeevent USING btree (pgh_obj_id);

CREATE INDEX transit_changeevent_published_by_id_c8f09602 ON public.transit_changeevent USING btree (published_by_id);

CREATE INDEX transit_draft_base_id_a734336b ON public.transit_draft USING btree (base_id);

CREATE INDEX transit_draft_made_by_id_8ddd5fb4 ON public.transit_draft USING btree (made_by_id);

CREATE INDEX transit_draftline_draft_id_6893f27a ON public.transit_draftline USING btree (draft_id);

CREATE INDEX transit_draftpattern_draft_id_40da229e ON public.transit_draftpattern USING btree (draft_id);

CREATE INDEX transit_draftpattern_line_id_4cd46dc7 ON public.transit_draftpattern USING btree (line_id);

CREATE INDEX transit_draftprofile_pattern_id_ceccdc2c ON public.transit_draftprofile USING btree (pattern_id);

CREATE INDEX transit_draftservice_draft_id_95551401 ON public.transit_draftservice USING btree (draft_id);

CREATE INDEX transit_draftstop_draft_id_95420c23 ON public.transit_draftstop USING btree (draft_id);

CREATE INDEX transit_drafttrip_draft_id_c3d3c6e7 ON public.transit_drafttrip USING btree (draft_id);

CREATE INDEX transit_drafttrip_pattern_id_b4fb3c23 ON public.transit_drafttrip USING btree (pattern_id);

CREATE INDEX transit_drafttrip_profile_id_8a0c731f ON public.transit_drafttrip USING btree (profile_id);

CREATE INDEX transit_drafttrip_service_id_ceb7832d ON public.transit_drafttrip USING btree (service_id);

CREATE INDEX transit_edition_made_by_id_6deccc2a ON public.transit_edition USING btree (made_by_id);

CREATE INDEX transit_edition_published_by_id_d0501362 ON public.transit_edition USING btree (published_by_id);

CREATE INDEX transit_edition_withdrawn_by_id_a8169b3d ON public.transit_edition USING btree (withdrawn_by_id);

CREATE INDEX transit_feedpoll_feed_id_cb984654 ON public.transit_feedpoll USING btree (feed_id);

CREATE INDEX transit_feedupload_draft_id_9fb0d822 ON public.transit_feedupload USING btree (draft_id);

CREATE INDEX transit_feedupload_edition_id_ae21f2d9 ON public.transit_feedupload USING btree (edition_id);

CREATE INDEX transit_feedupload_made_by_id_128acdfa ON public.transit_feedupload USING btree (made_by_id);

CREATE INDEX transit_order_bus_id_6ac49736 ON public.transit_order USING btree (bus_id);

CREATE INDEX transit_order_change_id_1abc24c7 ON public.transit_order USING btree (change_id);

CREATE INDEX transit_order_command_id_8719fd1c ON public.transit_order USING btree (command_id);

CREATE INDEX transit_order_made_by_id_d73ebfa7 ON public.transit_order USING btree (made_by_id);

CREATE INDEX transit_outsidefeed_key_c4f32277_like ON public.transit_outsidefeed USING btree (key varchar_pattern_ops);

CREATE INDEX transit_outsidefeed_made_by_id_b6ab20be ON public.transit_outsidefeed USING btree (made_by_id);

CREATE INDEX transit_outsidefeed_owner_id_5da640eb ON public.transit_outsidefeed USING btree (owner_id);

CREATE INDEX transit_payment_top_up_id_73e636a6 ON public.transit_payment USING btree (top_up_id);

CREATE INDEX transit_playlist_approved_by_id_f4728ee3 ON public.transit_playlist USING btree (approved_by_id);

CREATE INDEX transit_playlist_made_by_id_92b3e8d9 ON public.transit_playlist USING btree (made_by_id);

CREATE INDEX transit_playlistitem_bulletin_id_68bf24b1 ON public.transit_playlistitem USING btree (bulletin_id);

CREATE INDEX transit_playlistitem_file_id_19af320d ON public.transit_playlistitem USING btree (file_id);

CREATE INDEX transit_playlistitem_playlist_id_c4e85274 ON public.transit_playlistitem USING btree (playlist_id);

CREATE INDEX transit_posting_key_3a6365a8_like ON public.transit_posting USING btree (key varchar_pattern_ops);

CREATE INDEX transit_postingline_account_id_4e74dcf1 ON public.transit_postingline USING btree (account_id);

CREATE INDEX transit_postingline_posting_id_cb912bcb ON public.transit_postingline USING btree (posting_id);

CREATE INDEX transit_publishedfeed_kind_90b05824_like ON public.transit_publishedfeed USING btree (kind varchar_pattern_ops);

CREATE INDEX transit_refund_asked_by_id_119f8f9b ON public.transit_refund USING btree (asked_by_id);

CREATE INDEX transit_refund_decided_by_id_a6df3cef ON public.transit_refund USING btree (decided_by_id);

CREATE INDEX transit_refund_number_c43e8116_like ON public.transit_refund USING btree (number varchar_pattern_ops);

CREATE INDEX transit_refund_payment_id_eacd8684 ON public.transit_refund USING btree (payment_id);

CREATE INDEX transit_run_bus_id_8eb915f7 ON public.transit_run USING btree (bus_id);

CREATE INDEX transit_run_edition_id_147ea8fc ON public.transit_run USING btree (edition_id);

CREATE INDEX transit_screen_key_f655e42a_like ON public.transit_screen USING btree (key varchar_pattern_ops);

CREATE INDEX transit_shop_approved_by_id_ef5739c3 ON public.transit_shop USING btree (approved_by_id);

CREATE INDEX transit_shop_made_by_id_749ca370 ON public.transit_shop USING btree (made_by_id);

CREATE INDEX transit_shop_picture_id_105fc4f8 ON public.transit_shop USING btree (picture_id);

CREATE INDEX transit_showing_item_id_bea4a46d ON public.transit_showing USING btree (item_id);

CREATE INDEX transit_showing_screen_id_822a0cb2 ON public.transit_showing USING btree (screen_id);

CREATE INDEX transit_terminalmedia_bus_id_08f104d0 ON public.transit_terminalmedia USING btree (bus_id);

CREATE INDEX transit_terminalmedia_device_id_d48975f6 ON public.transit_terminalmedia USING btree (device_id);

CREATE INDEX transit_terminalmedia_file_id_ed4e8c69 ON public.transit_terminalmedia USING btree (file_id);

CREATE INDEX transit_terminalmedia_report_key_b3e2db08_like ON public.transit_terminalmedia USING btree (report_key varchar_pattern_ops);

CREATE INDEX transit_testpayment_reference_9191167e_like ON public.transit_testpayment USING btree (reference varchar_pattern_ops);

CREATE INDEX transit_topup_card_id_9bc8fff4 ON public.transit_topup USING btree (card_id);

CREATE INDEX transit_topup_key_735ce2bb_like ON public.transit_topup USING btree (key varchar_pattern_ops);

CREATE INDEX transit_topup_number_73c881c5_like ON public.transit_topup USING btree (number varchar_pattern_ops);

CREATE INDEX transit_weather_made_by_id_988eae1f ON public.transit_weather USING btree (made_by_id);

CREATE INDEX ui_savedview_account_id_a24ddf48 ON public.ui_savedview USING btree (account_id);

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery_codes'::character varying)::text]));

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;

CREATE INDEX video_alarm_newest ON public.governance_videoalarm USING btree (at DESC);

CREATE INDEX viewing_newest ON public.governance_viewing USING btree (at DESC);

CREATE INDEX water_day_by_day ON public.environment_waterday USING btree ("on");

CREATE TRIGGER alerts_rule_changed AFTER INSERT OR DELETE OR UPDATE ON public.alerts_rule FOR EACH STATEMENT EXECUTE FUNCTION public.alerts_tell_rules();

CREATE TRIGGER alerts_suppression_changed AFTER INSERT OR DELETE OR UPDATE ON public.alerts_suppression FOR EACH STATEMENT EXECUTE FUNCTION public.alerts_tell_rules();

CREATE TRIGGER devices_changed_columns AFTER UPDATE OF code, protocol, password, cipher_key, system, status, interval_s, attributes ON public.devices_device FOR EACH STATEMENT EXECUTE FUNCTION public.devices_tell_change('devices');

CREATE TRIGGER devices_changed_rows AFTER INSERT OR DELETE ON public.devices_device FOR EACH STATEMENT EXECUTE FUNCTION public.devices_tell_change('devices');

CREATE TRIGGER devices_command_asked AFTER INSERT ON public.devices_devicecommand FOR EACH STATEMENT EXECUTE FUNCTION public.devices_tell_change('device_commands');

CREATE TRIGGER devices_series_changed AFTER DELETE OR UPDATE ON public.devices_series FOR EACH STATEMENT EXECUTE FUNCTION public.devices_tell_change('devices');

CREATE TRIGGER governance_careunlock_check BEFORE UPDATE ON public.governance_careunlock FOR EACH ROW EXECUTE FUNCTION public.governance_careunlock_check();

CREATE TRIGGER pgtrigger_answer_check_stands_d6c02 BEFORE DELETE OR UPDATE ON public.programme_answercheck FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_answer_check_stands_d6c02();

COMMENT ON TRIGGER pgtrigger_answer_check_stands_d6c02 ON public.programme_answercheck IS '0755c46d380ebcd3cc5b625a9d1c36c0bb2453dd';

CREATE TRIGGER pgtrigger_append_only_0021d BEFORE UPDATE ON public.forms_submissionversion FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_0021d();

COMMENT ON TRIGGER pgtrigger_append_only_0021d ON public.forms_submissionversion IS '588d93a3596d9a7c895476508009749767a3da27';

CREATE TRIGGER pgtrigger_append_only_06dd0 BEFORE DELETE OR UPDATE ON public.datasets_qualityruleevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_06dd0();

COMMENT ON TRIGGER pgtrigger_append_only_06dd0 ON public.datasets_qualityruleevent IS 'ca911d95ecc586403a296f9e80d1d4d3808da046';

CREATE TRIGGER pgtrigger_append_only_16356 BEFORE DELETE OR UPDATE ON public.grants_grantevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_16356();

COMMENT ON TRIGGER pgtrigger_append_only_16356 ON public.grants_grantevent IS '902f091fce9d1ae4519c93865689357c1160ccb4';

CREATE TRIGGER pgtrigger_append_only_2019b BEFORE DELETE OR UPDATE ON public.grants_clientevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_2019b();

COMMENT ON TRIGGER pgtrigger_append_only_2019b ON public.grants_clientevent IS 'ebd9eb2526fa4a83db9d4179a10d992e7e2d7cd9';

CREATE TRIGGER pgtrigger_append_only_2ea3f BEFORE DELETE OR UPDATE ON public.people_organisationevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_2ea3f();

COMMENT ON TRIGGER pgtrigger_append_only_2ea3f ON public.people_organisationevent IS '8da11a354c83f15e5ef964fde62ec1d848564852';

CREATE TRIGGER pgtrigger_append_only_37ca6 BEFORE DELETE OR UPDATE ON public.people_accountevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_37ca6();

COMMENT ON TRIGGER pgtrigger_append_only_37ca6 ON public.people_accountevent IS 'ae0e71d771ff66ea7a5c92c92c449f8ae88ea90d';

CREATE TRIGGER pgtrigger_append_only_428eb BEFORE DELETE OR UPDATE ON public.programme_controlfinding FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_428eb();

COMMENT ON TRIGGER pgtrigger_append_only_428eb ON public.programme_controlfinding IS 'b2002cc54e3b00a79475a5a6a0d13bd47ce5c955';

CREATE TRIGGER pgtrigger_append_only_46bac BEFORE DELETE OR UPDATE ON public.people_auditcheck FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_46bac();

COMMENT ON TRIGGER pgtrigger_append_only_46bac ON public.people_auditcheck IS '6057eb504c2b8a26fd846cb501bc84635448a50c';

CREATE TRIGGER pgtrigger_append_only_4fadd BEFORE UPDATE ON public.forms_entitywrite FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_4fadd();

COMMENT ON TRIGGER pgtrigger_append_only_4fadd ON public.forms_entitywrite IS 'a58a1674d671e08c5fba79d2263ada4a42138f8a';

CREATE TRIGGER pgtrigger_append_only_53ae1 BEFORE DELETE OR UPDATE ON public.datasets_purgeevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_53ae1();

COMMENT ON TRIGGER pgtrigger_append_only_53ae1 ON public.datasets_purgeevent IS '56e25142155e3759c2281b65e9df9e214c4bae65';

CREATE TRIGGER pgtrigger_append_only_58c54 BEFORE DELETE OR UPDATE ON public.people_lifestep FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_58c54();

COMMENT ON TRIGGER pgtrigger_append_only_58c54 ON public.people_lifestep IS '951e5eb6b68191f5b92301592db33ce7003a94f9';

CREATE TRIGGER pgtrigger_append_only_5b9aa BEFORE DELETE OR UPDATE ON public.grants_objectionevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_5b9aa();

COMMENT ON TRIGGER pgtrigger_append_only_5b9aa ON public.grants_objectionevent IS '1e5aa0c2ea5e1e9429fe10fc88ed632771bc74ec';

CREATE TRIGGER pgtrigger_append_only_6d783 BEFORE DELETE OR UPDATE ON public.brain_savedquestionevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_6d783();

COMMENT ON TRIGGER pgtrigger_append_only_6d783 ON public.brain_savedquestionevent IS '0b5768fdf7029f6ae6f77f8ef5180d93d700b8da';

CREATE TRIGGER pgtrigger_append_only_6e9e3 BEFORE UPDATE ON public.affairs_piecestep FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_6e9e3();

COMMENT ON TRIGGER pgtrigger_append_only_6e9e3 ON public.affairs_piecestep IS 'ddbac9bb6d10091d281baab1107d30fff4d5e747';

CREATE TRIGGER pgtrigger_append_only_71adb BEFORE DELETE OR UPDATE ON public.parties_sourceevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_71adb();

COMMENT ON TRIGGER pgtrigger_append_only_71adb ON public.parties_sourceevent IS '7acf0ba6136ae4850254416b49db84046224652f';

CREATE TRIGGER pgtrigger_append_only_74240 BEFORE DELETE OR UPDATE ON public.people_dutyevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_74240();

COMMENT ON TRIGGER pgtrigger_append_only_74240 ON public.people_dutyevent IS '97f72a0b9699e589b4fb67c47fe2940eb151e8ba';

CREATE TRIGGER pgtrigger_append_only_855e5 BEFORE DELETE OR UPDATE ON public.datasets_resourceevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_855e5();

COMMENT ON TRIGGER pgtrigger_append_only_855e5 ON public.datasets_resourceevent IS 'b127bf15f0f3cb0efb6fe3285e4c1ded9588a4eb';

CREATE TRIGGER pgtrigger_append_only_8a53b BEFORE DELETE OR UPDATE ON public.programme_briefing FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_8a53b();

COMMENT ON TRIGGER pgtrigger_append_only_8a53b ON public.programme_briefing IS '8300996b85d9b7891daa5db13b628f38a459ddb3';

CREATE TRIGGER pgtrigger_append_only_97f3c BEFORE UPDATE ON public.datasets_shelfstep FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_97f3c();

COMMENT ON TRIGGER pgtrigger_append_only_97f3c ON public.datasets_shelfstep IS 'cf8124dd82d7881b966870198a9efd4a8029f431';

CREATE TRIGGER pgtrigger_append_only_b9ebf BEFORE DELETE OR UPDATE ON public.feeds_subscriptionevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_b9ebf();

COMMENT ON TRIGGER pgtrigger_append_only_b9ebf ON public.feeds_subscriptionevent IS 'a9553d7b6508f1dd215d2b9a552ed20d3007bbc7';

CREATE TRIGGER pgtrigger_append_only_bb4b7 BEFORE DELETE OR UPDATE ON public.datasets_itemevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_bb4b7();

COMMENT ON TRIGGER pgtrigger_append_only_bb4b7 ON public.datasets_itemevent IS '0f89a645f4d4939e33a6d27b4ebc9cfa037f1f58';

CREATE TRIGGER pgtrigger_append_only_c9fad BEFORE DELETE OR UPDATE ON public.people_auditentry FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_c9fad();

COMMENT ON TRIGGER pgtrigger_append_only_c9fad ON public.people_auditentry IS '5858f9dd34906623674ab41a172ca8359c9de487';

CREATE TRIGGER pgtrigger_append_only_cd58b BEFORE DELETE OR UPDATE ON public.programme_controlrun FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_cd58b();

COMMENT ON TRIGGER pgtrigger_append_only_cd58b ON public.programme_controlrun IS '92804417bedd033ab32ab80bbb5a1d412f99d62e';

CREATE TRIGGER pgtrigger_append_only_d6061 BEFORE DELETE OR UPDATE ON public.parties_precedenceevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_d6061();

COMMENT ON TRIGGER pgtrigger_append_only_d6061 ON public.parties_precedenceevent IS '1e56cdccb610a678d023a111b66a53b582e25402';

CREATE TRIGGER pgtrigger_append_only_dbdbc BEFORE DELETE OR UPDATE ON public.connectors_sourceevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_dbdbc();

COMMENT ON TRIGGER pgtrigger_append_only_dbdbc ON public.connectors_sourceevent IS 'bba7611835387a7afd8bbc0b18788f7f17f9f283';

CREATE TRIGGER pgtrigger_append_only_e9ebb BEFORE DELETE OR UPDATE ON public.grants_requestevent FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_e9ebb();

COMMENT ON TRIGGER pgtrigger_append_only_e9ebb ON public.grants_requestevent IS 'de90e8828af9261d629212b365895c3880d94114';

CREATE TRIGGER pgtrigger_append_only_f4327 BEFORE UPDATE ON public.cases_entry FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_f4327();

COMMENT ON TRIGGER pgtrigger_append_only_f4327 ON public.cases_entry IS 'bd747bc19a59fd16a5cffa50b647d0158273c4f2';

CREATE TRIGGER pgtrigger_final_scores_stand_ec0b0 BEFORE INSERT OR DELETE OR UPDATE ON public.programme_appraisal FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_final_scores_stand_ec0b0();

COMMENT ON TRIGGER pgtrigger_final_scores_stand_ec0b0 ON public.programme_appraisal IS 'd0bda0dd75ec1187018d2a310f9e759cdd6c742d';

CREATE TRIGGER pgtrigger_final_stands_854e7 BEFORE DELETE OR UPDATE ON public.programme_appraisalyear FOR EACH ROW WHEN (((old.state)::text = 'final'::text)) EXECUTE FUNCTION public.pgtrigger_final_stands_854e7();

COMMENT ON TRIGGER pgtrigger_final_stands_854e7 ON public.programme_appraisalyear IS '7397fb5e24403ba18682e425d2ee90b85cb6ddd5';

CREATE TRIGGER pgtrigger_insert_insert_01244 AFTER INSERT ON public.transit_change FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_01244();

COMMENT ON TRIGGER pgtrigger_insert_insert_01244 ON public.transit_change IS 'c40c17763ce002a46e3d362ddcf8bdd79d26aca0';

CREATE TRIGGER pgtrigger_insert_insert_06d4e AFTER INSERT ON public.brain_savedquestion FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_06d4e();

COMMENT ON TRIGGER pgtrigger_insert_insert_06d4e ON public.brain_savedquestion IS 'd020ebe2a39d2aec90ab4bd88e8e41c3d6b1daf5';

CREATE TRIGGER pgtrigger_insert_insert_1b204 AFTER INSERT ON public.people_account FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_1b204();

COMMENT ON TRIGGER pgtrigger_insert_insert_1b204 ON public.people_account IS '7237e9c4ab3cf0fb8c02fd92200506f3078c5561';

CREATE TRIGGER pgtrigger_insert_insert_2106a AFTER INSERT ON public.environment_source FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_2106a();

COMMENT ON TRIGGER pgtrigger_insert_insert_2106a ON public.environment_source IS 'efab654a78d4a4300523ab6df8f0eb0e20750428';

CREATE TRIGGER pgtrigger_insert_insert_2657b AFTER INSERT ON public.alerts_rule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_2657b();

COMMENT ON TRIGGER pgtrigger_insert_insert_2657b ON public.alerts_rule IS '1ad70b884d1e09f38926443e479979b85fb4f35a';

CREATE TRIGGER pgtrigger_insert_insert_284ad AFTER INSERT ON public.grants_objection FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_284ad();

COMMENT ON TRIGGER pgtrigger_insert_insert_284ad ON public.grants_objection IS '1b376b8b855bfa00ff6053f86563d5d380e7ab55';

CREATE TRIGGER pgtrigger_insert_insert_3230b AFTER INSERT ON public.datasets_item FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_3230b();

COMMENT ON TRIGGER pgtrigger_insert_insert_3230b ON public.datasets_item IS 'a3fd6b867640a8eb0c614341945538ecc04cb900';

CREATE TRIGGER pgtrigger_insert_insert_33fc2 AFTER INSERT ON public.devices_device FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_33fc2();

COMMENT ON TRIGGER pgtrigger_insert_insert_33fc2 ON public.devices_device IS '017231bddf4b39cd2086c772e78297098c8bd881';

CREATE TRIGGER pgtrigger_insert_insert_3dfe4 AFTER INSERT ON public.people_duty FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_3dfe4();

COMMENT ON TRIGGER pgtrigger_insert_insert_3dfe4 ON public.people_duty IS '65b4ad16fe4d35f2a0a6119381f482efe073656b';

CREATE TRIGGER pgtrigger_insert_insert_42f33 AFTER INSERT ON public.environment_permit FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_42f33();

COMMENT ON TRIGGER pgtrigger_insert_insert_42f33 ON public.environment_permit IS 'e21c4fe648d7798c964744ab2284d9b9321f66c0';

CREATE TRIGGER pgtrigger_insert_insert_466d3 AFTER INSERT ON public.environment_outlet FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_466d3();

COMMENT ON TRIGGER pgtrigger_insert_insert_466d3 ON public.environment_outlet IS '956ae5a60b3b155e531609ef07b5ff7bf7791245';

CREATE TRIGGER pgtrigger_insert_insert_49ecc AFTER INSERT ON public.environment_facility FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_49ecc();

COMMENT ON TRIGGER pgtrigger_insert_insert_49ecc ON public.environment_facility IS '40b9e8672f39fcc212c90b83250cfe5430518639';

CREATE TRIGGER pgtrigger_insert_insert_4cd32 AFTER INSERT ON public.environment_permitduty FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_4cd32();

COMMENT ON TRIGGER pgtrigger_insert_insert_4cd32 ON public.environment_permitduty IS '0849121088a4e444da2425a0f8874ee1705321e2';

CREATE TRIGGER pgtrigger_insert_insert_517ee AFTER INSERT ON public.environment_statemark FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_517ee();

COMMENT ON TRIGGER pgtrigger_insert_insert_517ee ON public.environment_statemark IS 'ceb6c609ca356ca5975e914ca287fa00d42469bb';

CREATE TRIGGER pgtrigger_insert_insert_533cd AFTER INSERT ON public.environment_permitlimit FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_533cd();

COMMENT ON TRIGGER pgtrigger_insert_insert_533cd ON public.environment_permitlimit IS 'a1ebe0e26aa2d9c5da22cdd04cdf8ddadd54ab23';

CREATE TRIGGER pgtrigger_insert_insert_5bd03 AFTER INSERT ON public.grants_request FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_5bd03();

COMMENT ON TRIGGER pgtrigger_insert_insert_5bd03 ON public.grants_request IS 'fd6084df103d7efbedaf6a74ec338aaa054d5c9b';

CREATE TRIGGER pgtrigger_insert_insert_5cc97 AFTER INSERT ON public.environment_permitquantity FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_5cc97();

COMMENT ON TRIGGER pgtrigger_insert_insert_5cc97 ON public.environment_permitquantity IS '5ba62ee0ecb6694c4dc068f204ac5c77bb2d03b4';

CREATE TRIGGER pgtrigger_insert_insert_64a78 AFTER INSERT ON public.parties_source FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_64a78();

COMMENT ON TRIGGER pgtrigger_insert_insert_64a78 ON public.parties_source IS '8d839e2f18d45cb0e51361ed59a62cdadfbecb54';

CREATE TRIGGER pgtrigger_insert_insert_65fe2 AFTER INSERT ON public.datasets_resource FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_65fe2();

COMMENT ON TRIGGER pgtrigger_insert_insert_65fe2 ON public.datasets_resource IS '7423eaeb9acae128bdcbce1dd225b84fcb36e7d9';

CREATE TRIGGER pgtrigger_insert_insert_74496 AFTER INSERT ON public.feeds_subscription FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_74496();

COMMENT ON TRIGGER pgtrigger_insert_insert_74496 ON public.feeds_subscription IS 'fb7793551fccdef4c17268c48ed5630ad97b1e64';

CREATE TRIGGER pgtrigger_insert_insert_9be15 AFTER INSERT ON public.parties_precedence FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_9be15();

COMMENT ON TRIGGER pgtrigger_insert_insert_9be15 ON public.parties_precedence IS '93e7df6ea8c8149d1256c2c821e334a06be7c462';

CREATE TRIGGER pgtrigger_insert_insert_9c01d AFTER INSERT ON public.grants_grant FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_9c01d();

COMMENT ON TRIGGER pgtrigger_insert_insert_9c01d ON public.grants_grant IS '9de8009cc563a53dd009b23efb6e4873a1d0ff8e';

CREATE TRIGGER pgtrigger_insert_insert_9d130 AFTER INSERT ON public.environment_dutyfulfilment FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_9d130();

COMMENT ON TRIGGER pgtrigger_insert_insert_9d130 ON public.environment_dutyfulfilment IS '75954f93b592a3aa07d0dea26037c787537a465a';

CREATE TRIGGER pgtrigger_insert_insert_9fd92 AFTER INSERT ON public.environment_monitoringpoint FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_9fd92();

COMMENT ON TRIGGER pgtrigger_insert_insert_9fd92 ON public.environment_monitoringpoint IS 'f5f03216d7980c80bc9935780fc72002fe7fcb43';

CREATE TRIGGER pgtrigger_insert_insert_b10b0 AFTER INSERT ON public.environment_filerecord FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_b10b0();

COMMENT ON TRIGGER pgtrigger_insert_insert_b10b0 ON public.environment_filerecord IS '20204660fc74b38cc59db281ecbfb20f06fa44b5';

CREATE TRIGGER pgtrigger_insert_insert_b5ae4 AFTER INSERT ON public.grants_client FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_b5ae4();

COMMENT ON TRIGGER pgtrigger_insert_insert_b5ae4 ON public.grants_client IS '8a8760fb1abf94dabdd4627a9d29ca6bf73b1268';

CREATE TRIGGER pgtrigger_insert_insert_c877a AFTER INSERT ON public.datasets_purge FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_c877a();

COMMENT ON TRIGGER pgtrigger_insert_insert_c877a ON public.datasets_purge IS '87418584d6adf41728e7ba1328c31052b800d7f3';

CREATE TRIGGER pgtrigger_insert_insert_d087f AFTER INSERT ON public.people_organisation FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_d087f();

COMMENT ON TRIGGER pgtrigger_insert_insert_d087f ON public.people_organisation IS '5d5c1f44a135df7fb19aec8ae691fd12cff4a8c1';

CREATE TRIGGER pgtrigger_insert_insert_d33d5 AFTER INSERT ON public.datasets_qualityrule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_d33d5();

COMMENT ON TRIGGER pgtrigger_insert_insert_d33d5 ON public.datasets_qualityrule IS '90a00e756dddc54245cdc732de8b77a40f1dfdd5';

CREATE TRIGGER pgtrigger_insert_insert_f3b5c AFTER INSERT ON public.environment_supervisioncase FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_f3b5c();

COMMENT ON TRIGGER pgtrigger_insert_insert_f3b5c ON public.environment_supervisioncase IS '46174d1ebda7d42899ea7f1133b5127ad24cf52c';

CREATE TRIGGER pgtrigger_insert_insert_f8d99 AFTER INSERT ON public.connectors_source FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_f8d99();

COMMENT ON TRIGGER pgtrigger_insert_insert_f8d99 ON public.connectors_source IS '76ce9758dda0e483354c7d35a087dfb2c63e5763';

CREATE TRIGGER pgtrigger_no_truncate_5cbef BEFORE TRUNCATE ON public.people_auditentry FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_no_truncate_5cbef();

COMMENT ON TRIGGER pgtrigger_no_truncate_5cbef ON public.people_auditentry IS '52fdf5a394415452d52bc7a5bdfc927dc9b65013';

CREATE TRIGGER pgtrigger_only_inside_a_patrol_46f4a BEFORE INSERT OR UPDATE ON public.governance_trackpoint FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_only_inside_a_patrol_46f4a();

COMMENT ON TRIGGER pgtrigger_only_inside_a_patrol_46f4a ON public.governance_trackpoint IS '74131f57fb4e8262fc56be085bed5d5c91d12d8c';

CREATE TRIGGER pgtrigger_seal_append_only_b42b1 BEFORE DELETE OR UPDATE ON public.grants_seal FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_seal_append_only_b42b1();

COMMENT ON TRIGGER pgtrigger_seal_append_only_b42b1 ON public.grants_seal IS '480477d3b8b53b26eb837452e2f0211e46984d66';

CREATE TRIGGER pgtrigger_seal_no_truncate_541b5 BEFORE TRUNCATE ON public.grants_seal FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_seal_no_truncate_541b5();

COMMENT ON TRIGGER pgtrigger_seal_no_truncate_541b5 ON public.grants_seal IS '37619fe7eb46cc85c6bffd8274dbf717fbed0e13';

CREATE TRIGGER pgtrigger_subjects_append_only_aa362 BEFORE DELETE OR UPDATE ON public.grants_usesubjects FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_subjects_append_only_aa362();

COMMENT ON TRIGGER pgtrigger_subjects_append_only_aa362 ON public.grants_usesubjects IS 'c910d03e786610736e8759c6a6f82aff75c5b9c7';

CREATE TRIGGER pgtrigger_subjects_no_truncate_4ac17 BEFORE TRUNCATE ON public.grants_usesubjects FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_subjects_no_truncate_4ac17();

COMMENT ON TRIGGER pgtrigger_subjects_no_truncate_4ac17 ON public.grants_usesubjects IS '85fa0adb9fbe68dabee669957c2dccd604db7907';

CREATE TRIGGER pgtrigger_update_update_03e25 AFTER UPDATE ON public.grants_grant FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_03e25();

COMMENT ON TRIGGER pgtrigger_update_update_03e25 ON public.grants_grant IS 'e4a23e521301a96a6b1c1f56c807f97db2cec856';

CREATE TRIGGER pgtrigger_update_update_0478f AFTER UPDATE ON public.brain_savedquestion FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_0478f();

COMMENT ON TRIGGER pgtrigger_update_update_0478f ON public.brain_savedquestion IS '14729c39e14731488f636f56d4432aef5099e2d7';

CREATE TRIGGER pgtrigger_update_update_08fd3 AFTER UPDATE ON public.datasets_purge FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_08fd3();

COMMENT ON TRIGGER pgtrigger_update_update_08fd3 ON public.datasets_purge IS 'aa3a025433ed826c9f8089a6cd844fbb65bd654c';

CREATE TRIGGER pgtrigger_update_update_0b773 AFTER UPDATE ON public.datasets_resource FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_0b773();

COMMENT ON TRIGGER pgtrigger_update_update_0b773 ON public.datasets_resource IS 'b64d3212ff4231b6bff7aecadeedcfea557f66a0';

CREATE TRIGGER pgtrigger_update_update_1eae5 AFTER UPDATE ON public.people_duty FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_1eae5();

COMMENT ON TRIGGER pgtrigger_update_update_1eae5 ON public.people_duty IS '00d3f448d27be2defeb88ab22b8310a09b65fc9c';

CREATE TRIGGER pgtrigger_update_update_22a3c AFTER UPDATE ON public.feeds_subscription FOR EACH ROW WHEN (((old.created_at IS DISTINCT FROM new.created_at) OR (old.created_by_id IS DISTINCT FROM new.created_by_id) OR (old.grant_id IS DISTINCT FROM new.grant_id) OR (old.id IS DISTINCT FROM new.id) OR (old.is_simulated IS DISTINCT FROM new.is_simulated) OR ((old.reason)::text IS DISTINCT FROM (new.reason)::text) OR ((old.state)::text IS DISTINCT FROM (new.state)::text) OR ((old.url)::text IS DISTINCT FROM (new.url)::text))) EXECUTE FUNCTION public.pgtrigger_update_update_22a3c();

COMMENT ON TRIGGER pgtrigger_update_update_22a3c ON public.feeds_subscription IS '910674312a14811f8d330e2ab4460be6859ff076';

CREATE TRIGGER pgtrigger_update_update_3b1d2 AFTER UPDATE ON public.connectors_source FOR EACH ROW WHEN (((old.created_at IS DISTINCT FROM new.created_at) OR (old.created_by_id IS DISTINCT FROM new.created_by_id) OR (old.cursor IS DISTINCT FROM new.cursor) OR ((old.cursor_item)::text IS DISTINCT FROM (new.cursor_item)::text) OR (old.id IS DISTINCT FROM new.id) OR (old.is_active IS DISTINCT FROM new.is_active) OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text) OR ((old.mode)::text IS DISTINCT FROM (new.mode)::text) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR ((old.on_new_column)::text IS DISTINCT FROM (new.on_new_column)::text) OR (old.resource_id IS DISTINCT FROM new.resource_id) OR ((old.schedule)::text IS DISTINCT FROM (new.schedule)::text) OR (old.settings IS DISTINCT FROM new.settings))) EXECUTE FUNCTION public.pgtrigger_update_update_3b1d2();

COMMENT ON TRIGGER pgtrigger_update_update_3b1d2 ON public.connectors_source IS '7bacc0ac488ae3e3c87819b20d4fdf971b5a4c1b';

CREATE TRIGGER pgtrigger_update_update_3cd3a AFTER UPDATE ON public.alerts_rule FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_3cd3a();

COMMENT ON TRIGGER pgtrigger_update_update_3cd3a ON public.alerts_rule IS 'b133e5a7c69e9f33356698b89187cf4487bbed9a';

CREATE TRIGGER pgtrigger_update_update_42091 AFTER UPDATE ON public.environment_outlet FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_42091();

COMMENT ON TRIGGER pgtrigger_update_update_42091 ON public.environment_outlet IS 'e7518ff05aca8accda1a7173cc4477976ce5ce8a';

CREATE TRIGGER pgtrigger_update_update_4e5e7 AFTER UPDATE ON public.environment_statemark FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_4e5e7();

COMMENT ON TRIGGER pgtrigger_update_update_4e5e7 ON public.environment_statemark IS 'c1cf176aa33eea7f2c3f42ee36f3bed4eff16bd1';

CREATE TRIGGER pgtrigger_update_update_50d95 AFTER UPDATE ON public.datasets_qualityrule FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_50d95();

COMMENT ON TRIGGER pgtrigger_update_update_50d95 ON public.datasets_qualityrule IS 'ca9f44d70cb1b4f4791f8f53f7c1697b3f6f01f3';

CREATE TRIGGER pgtrigger_update_update_605e9 AFTER UPDATE ON public.devices_device FOR EACH ROW WHEN (((old.attributes IS DISTINCT FROM new.attributes) OR ((old.code)::text IS DISTINCT FROM (new.code)::text) OR ((old.division_code)::text IS DISTINCT FROM (new.division_code)::text) OR (old.id IS DISTINCT FROM new.id) OR (old.interval_s IS DISTINCT FROM new.interval_s) OR (old.is_simulated IS DISTINCT FROM new.is_simulated) OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text) OR (old.lat IS DISTINCT FROM new.lat) OR (old.lon IS DISTINCT FROM new.lon) OR (old.made_at IS DISTINCT FROM new.made_at) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR (old.owner_id IS DISTINCT FROM new.owner_id) OR ((old.protocol)::text IS DISTINCT FROM (new.protocol)::text) OR ((old.status)::text IS DISTINCT FROM (new.status)::text) OR ((old.system)::text IS DISTINCT FROM (new.system)::text))) EXECUTE FUNCTION public.pgtrigger_update_update_605e9();

COMMENT ON TRIGGER pgtrigger_update_update_605e9 ON public.devices_device IS '510e7b0e189f3f2bd1c318b0e2c7d8cca2bc0b53';

CREATE TRIGGER pgtrigger_update_update_7c7a1 AFTER UPDATE ON public.people_account FOR EACH ROW WHEN (((old.created_at IS DISTINCT FROM new.created_at) OR ((old.email)::text IS DISTINCT FROM (new.email)::text) OR (old.id IS DISTINCT FROM new.id) OR (old.is_demo IS DISTINCT FROM new.is_demo) OR (old.joined_on IS DISTINCT FROM new.joined_on) OR ((old.language)::text IS DISTINCT FROM (new.language)::text) OR (old.left_on IS DISTINCT FROM new.left_on) OR (old.must_change_password IS DISTINCT FROM new.must_change_password) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR (old.organisation_id IS DISTINCT FROM new.organisation_id) OR (old.password_changed_at IS DISTINCT FROM new.password_changed_at) OR (old.phone IS DISTINCT FROM new.phone) OR ((old.status)::text IS DISTINCT FROM (new.status)::text) OR ((old.theme)::text IS DISTINCT FROM (new.theme)::text) OR (old.until_at IS DISTINCT FROM new.until_at) OR ((old.username)::text IS DISTINCT FROM (new.username)::text))) EXECUTE FUNCTION public.pgtrigger_update_update_7c7a1();

COMMENT ON TRIGGER pgtrigger_update_update_7c7a1 ON public.people_account IS 'dbb8134e206a65002cd3988a7f5294b41ce5a45c';

CREATE TRIGGER pgtrigger_update_update_8631b AFTER UPDATE ON public.environment_source FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_8631b();

COMMENT ON TRIGGER pgtrigger_update_update_8631b ON public.environment_source IS '5eb51adc3174a6c7fb5696fad380a30cda234086';

CREATE TRIGGER pgtrigger_update_update_a8055 AFTER UPDATE ON public.grants_client FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_a8055();

COMMENT ON TRIGGER pgtrigger_update_update_a8055 ON public.grants_client IS '7ee519eb0e040e405ddf7fc95ee080f833136a9b';

CREATE TRIGGER pgtrigger_update_update_ad34e AFTER UPDATE ON public.environment_facility FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_ad34e();

COMMENT ON TRIGGER pgtrigger_update_update_ad34e ON public.environment_facility IS 'bed29da4b7d7098ea6cc711e863eea087e84ea09';

CREATE TRIGGER pgtrigger_update_update_b44a7 AFTER UPDATE ON public.environment_permitduty FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_b44a7();

COMMENT ON TRIGGER pgtrigger_update_update_b44a7 ON public.environment_permitduty IS 'd6ba9b520257e1baf80cc9598a81636d28f3a16a';

CREATE TRIGGER pgtrigger_update_update_b5583 AFTER UPDATE ON public.environment_monitoringpoint FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_b5583();

COMMENT ON TRIGGER pgtrigger_update_update_b5583 ON public.environment_monitoringpoint IS 'c5bcd3bfe5b10f3d0a13999c7eca4e99e95822a4';

CREATE TRIGGER pgtrigger_update_update_b8406 AFTER UPDATE ON public.parties_precedence FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_b8406();

COMMENT ON TRIGGER pgtrigger_update_update_b8406 ON public.parties_precedence IS '722acb6611d47936c908a2b55d5382a9b175c00d';

CREATE TRIGGER pgtrigger_update_update_ba0b1 AFTER UPDATE ON public.transit_change FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_ba0b1();

COMMENT ON TRIGGER pgtrigger_update_update_ba0b1 ON public.transit_change IS '1942ed69ff82ae28f12999271afa33deb83af76f';

CREATE TRIGGER pgtrigger_update_update_c3fee AFTER UPDATE ON public.people_organisation FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_c3fee();

COMMENT ON TRIGGER pgtrigger_update_update_c3fee ON public.people_organisation IS 'c0db9194da9cdcc921b45d9d9fda2063be1da37e';

CREATE TRIGGER pgtrigger_update_update_c82e4 AFTER UPDATE ON public.datasets_item FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_c82e4();

COMMENT ON TRIGGER pgtrigger_update_update_c82e4 ON public.datasets_item IS '425db266ba336784c2fb48523f4f5f93cfaa2180';

CREATE TRIGGER pgtrigger_update_update_c8cb2 AFTER UPDATE ON public.environment_permitquantity FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_c8cb2();

COMMENT ON TRIGGER pgtrigger_update_update_c8cb2 ON public.environment_permitquantity IS '18509cc59691404229cd2076be2f08c10f4b755f';

CREATE TRIGGER pgtrigger_update_update_cc43c AFTER UPDATE ON public.environment_supervisioncase FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_cc43c();

COMMENT ON TRIGGER pgtrigger_update_update_cc43c ON public.environment_supervisioncase IS 'ee48a1720b9c751c2f349e218471e30d09cb9be8';

CREATE TRIGGER pgtrigger_update_update_d458d AFTER UPDATE ON public.environment_permit FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_d458d();

COMMENT ON TRIGGER pgtrigger_update_update_d458d ON public.environment_permit IS '63b93ccf46c7164d107c5a42b3ac2aeef5d13b27';

CREATE TRIGGER pgtrigger_update_update_e3aff AFTER UPDATE ON public.environment_filerecord FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_e3aff();

COMMENT ON TRIGGER pgtrigger_update_update_e3aff ON public.environment_filerecord IS 'cedcef13117afa1d567e0243c848b27007e89e2d';

CREATE TRIGGER pgtrigger_update_update_e981f AFTER UPDATE ON public.grants_objection FOR EACH ROW WHEN (((old.account_id IS DISTINCT FROM new.account_id) OR (old.answer IS DISTINCT FROM new.answer) OR (old.answered_at IS DISTINCT FROM new.answered_at) OR (old.answered_by_id IS DISTINCT FROM new.answered_by_id) OR (old.at IS DISTINCT FROM new.at) OR (old.by_citizen IS DISTINCT FROM new.by_citizen) OR (old.due_at IS DISTINCT FROM new.due_at) OR (old.grant_id IS DISTINCT FROM new.grant_id) OR (old.id IS DISTINCT FROM new.id) OR (old.is_simulated IS DISTINCT FROM new.is_simulated) OR ((old.number)::text IS DISTINCT FROM (new.number)::text) OR (old.organisation_id IS DISTINCT FROM new.organisation_id) OR (old.records IS DISTINCT FROM new.records) OR (old.resource_id IS DISTINCT FROM new.resource_id) OR ((old.state)::text IS DISTINCT FROM (new.state)::text) OR (old.text IS DISTINCT FROM new.text))) EXECUTE FUNCTION public.pgtrigger_update_update_e981f();

COMMENT ON TRIGGER pgtrigger_update_update_e981f ON public.grants_objection IS 'b0470f0b0e44e13d00359992e99372a8b554af78';

CREATE TRIGGER pgtrigger_update_update_ea9d3 AFTER UPDATE ON public.parties_source FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_ea9d3();

COMMENT ON TRIGGER pgtrigger_update_update_ea9d3 ON public.parties_source IS 'fed5aaccca710d8275eb7822829135623c46541b';

CREATE TRIGGER pgtrigger_update_update_f2067 AFTER UPDATE ON public.grants_request FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_f2067();

COMMENT ON TRIGGER pgtrigger_update_update_f2067 ON public.grants_request IS 'd7f8e052d9155deadde66cc0e746e001494eae31';

CREATE TRIGGER pgtrigger_update_update_f3d93 AFTER UPDATE ON public.environment_dutyfulfilment FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_f3d93();

COMMENT ON TRIGGER pgtrigger_update_update_f3d93 ON public.environment_dutyfulfilment IS '4273d10614405733af3cd736078afc1c8bfbb0ca';

CREATE TRIGGER pgtrigger_update_update_fd928 AFTER UPDATE ON public.environment_permitlimit FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_fd928();

COMMENT ON TRIGGER pgtrigger_update_update_fd928 ON public.environment_permitlimit IS '30ded6004d8a8698f74627382c93fd459e0dad0a';

CREATE TRIGGER pgtrigger_use_append_only_44c9f BEFORE DELETE OR UPDATE ON public.grants_use FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_use_append_only_44c9f();

COMMENT ON TRIGGER pgtrigger_use_append_only_44c9f ON public.grants_use IS '53749d69fa5f6b262602c158609e03c0b7fb5ae8';

CREATE TRIGGER pgtrigger_use_no_truncate_2b414 BEFORE TRUNCATE ON public.grants_use FOR EACH STATEMENT EXECUTE FUNCTION public.pgtrigger_use_no_truncate_2b414();

COMMENT ON TRIGGER pgtrigger_use_no_truncate_2b414 ON public.grants_use IS 'ff52ae2127594d5fad97e00e42a2f2fcbf904a24';

CREATE TRIGGER pgtrigger_weights_stand_41c38 BEFORE UPDATE ON public.programme_appraisalyear FOR EACH ROW WHEN (((old.published_at IS NOT NULL) AND (old.weights IS DISTINCT FROM new.weights))) EXECUTE FUNCTION public.pgtrigger_weights_stand_41c38();

COMMENT ON TRIGGER pgtrigger_weights_stand_41c38 ON public.programme_appraisalyear IS '81a7cdf44779e52c511d7cde962cafd0f0da3ea0';

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();

CREATE TRIGGER programme_acceptance_has_run BEFORE INSERT ON public.programme_acceptance FOR EACH ROW EXECUTE FUNCTION public.programme_acceptance_has_run();

CREATE TRIGGER programme_account_is_kept BEFORE INSERT OR UPDATE ON public.programme_ledgeraccount FOR EACH ROW EXECUTE FUNCTION public.programme_account_is_kept();

CREATE TRIGGER programme_balance_follows AFTER INSERT ON public.programme_postingline FOR EACH ROW EXECUTE FUNCTION public.programme_balance_follows();

CREATE CONSTRAINT TRIGGER programme_books_agree AFTER INSERT OR UPDATE ON public.programme_budgetchange DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_books_agree();

CREATE CONSTRAINT TRIGGER programme_books_agree AFTER INSERT OR UPDATE ON public.programme_budgetline DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_books_agree();

CREATE CONSTRAINT TRIGGER programme_books_agree AFTER INSERT OR UPDATE ON public.programme_commitment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_books_agree();

CREATE CONSTRAINT TRIGGER programme_books_agree AFTER INSERT OR UPDATE ON public.programme_contract DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_books_agree();

CREATE CONSTRAINT TRIGGER programme_books_agree AFTER INSERT OR UPDATE ON public.programme_ledgeraccount DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_books_agree();

CREATE CONSTRAINT TRIGGER programme_books_agree AFTER INSERT OR UPDATE ON public.programme_payment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_books_agree();

CREATE CONSTRAINT TRIGGER programme_books_agree AFTER INSERT OR UPDATE ON public.programme_receipt DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_books_agree();

CREATE CONSTRAINT TRIGGER programme_books_agree AFTER INSERT OR UPDATE ON public.programme_subsidy DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_books_agree();

CREATE TRIGGER programme_certificate_is_of_its_sitting BEFORE INSERT OR UPDATE ON public.programme_certificate FOR EACH ROW EXECUTE FUNCTION public.programme_certificate_is_of_its_sitting();

CREATE TRIGGER programme_draw_is_kept BEFORE DELETE OR UPDATE ON public.programme_draw FOR EACH ROW EXECUTE FUNCTION public.programme_draw_is_kept();

CREATE TRIGGER programme_entry_is_decided_once BEFORE DELETE OR UPDATE ON public.programme_indicatorentry FOR EACH ROW EXECUTE FUNCTION public.programme_entry_is_decided_once();

CREATE TRIGGER programme_gate_is_passed BEFORE UPDATE OF stage ON public.programme_project FOR EACH ROW EXECUTE FUNCTION public.programme_gate_is_passed();

CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR DELETE OR UPDATE ON public.programme_budgetchange FOR EACH ROW EXECUTE FUNCTION public.programme_goes_its_way('asked', 'asked>approved asked>refused', 'decided_by_id decided_at', '');

CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR DELETE OR UPDATE ON public.programme_budgetline FOR EACH ROW EXECUTE FUNCTION public.programme_goes_its_way('asked', 'asked>approved asked>refused', 'decided_by_id decided_at', 'lapsed_fen carried_fen');

CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR DELETE OR UPDATE ON public.programme_commitment FOR EACH ROW EXECUTE FUNCTION public.programme_goes_its_way('', 'held>bound held>released bound>released', '', 'carried_fen');

CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR UPDATE ON public.programme_contract FOR EACH ROW EXECUTE FUNCTION public.programme_goes_its_way('asked', 'asked>approved asked>refused approved>ended approved>terminated', 'decided_by_id approved_at', '');

CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR DELETE OR UPDATE ON public.programme_payment FOR EACH ROW EXECUTE FUNCTION public.programme_goes_its_way('asked', 'asked>approved asked>refused approved>withdrawn approved>paid paid>returned', 'decided_by_id decided_at decision_note paid_by_id paid_at voucher returned_by_id returned_at return_reason', '');

CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR DELETE OR UPDATE ON public.programme_receipt FOR EACH ROW EXECUTE FUNCTION public.programme_goes_its_way('asked', 'asked>approved asked>refused', 'decided_by_id decided_at', '');

CREATE TRIGGER programme_goes_its_way BEFORE INSERT OR DELETE OR UPDATE ON public.programme_subsidy FOR EACH ROW EXECUTE FUNCTION public.programme_goes_its_way('asked', 'asked>approved asked>refused approved>ended', 'decided_by_id decided_at', '');

CREATE TRIGGER programme_is_only_added_to BEFORE DELETE OR UPDATE ON public.programme_recomputation FOR EACH ROW EXECUTE FUNCTION public.programme_is_only_added_to();

CREATE TRIGGER programme_is_only_added_to BEFORE DELETE OR UPDATE ON public.programme_snapshot FOR EACH ROW EXECUTE FUNCTION public.programme_is_only_added_to();

CREATE TRIGGER programme_ledger_is_kept BEFORE DELETE ON public.programme_ledgeraccount FOR EACH ROW EXECUTE FUNCTION public.programme_ledger_is_kept();

CREATE TRIGGER programme_ledger_is_kept BEFORE DELETE OR UPDATE ON public.programme_posting FOR EACH ROW EXECUTE FUNCTION public.programme_ledger_is_kept();

CREATE TRIGGER programme_ledger_is_kept BEFORE DELETE OR UPDATE ON public.programme_postingline FOR EACH ROW EXECUTE FUNCTION public.programme_ledger_is_kept();

CREATE TRIGGER programme_loan_is_kept BEFORE INSERT OR DELETE OR UPDATE ON public.programme_loanmovement FOR EACH ROW EXECUTE FUNCTION public.programme_loan_is_kept();

CREATE TRIGGER programme_minute_is_kept BEFORE UPDATE ON public.programme_serviceminute FOR EACH ROW EXECUTE FUNCTION public.programme_minute_is_kept();

CREATE TRIGGER programme_opinion_is_kept BEFORE DELETE OR UPDATE ON public.programme_opinion FOR EACH ROW EXECUTE FUNCTION public.programme_opinion_is_kept();

CREATE TRIGGER programme_passage_is_kept BEFORE INSERT OR DELETE OR UPDATE ON public.programme_gatepassage FOR EACH ROW EXECUTE FUNCTION public.programme_passage_is_kept();

CREATE TRIGGER programme_payment_may_go BEFORE INSERT OR UPDATE ON public.programme_payment FOR EACH ROW EXECUTE FUNCTION public.programme_payment_may_go();

CREATE CONSTRAINT TRIGGER programme_posting_balances AFTER INSERT ON public.programme_posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_posting_balances();

CREATE CONSTRAINT TRIGGER programme_posting_balances AFTER INSERT ON public.programme_postingline DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_posting_balances();

CREATE TRIGGER programme_project_begins BEFORE INSERT ON public.programme_project FOR EACH ROW EXECUTE FUNCTION public.programme_project_begins();

CREATE TRIGGER programme_run_is_kept BEFORE DELETE OR UPDATE ON public.programme_acceptance FOR EACH ROW EXECUTE FUNCTION public.programme_run_is_kept();

CREATE TRIGGER programme_run_is_kept BEFORE DELETE OR UPDATE ON public.programme_acceptancerun FOR EACH ROW EXECUTE FUNCTION public.programme_run_is_kept();

CREATE TRIGGER programme_share_is_kept BEFORE INSERT OR DELETE OR UPDATE ON public.programme_drawshare FOR EACH ROW EXECUTE FUNCTION public.programme_share_is_kept();

CREATE TRIGGER programme_sitting_is_kept BEFORE UPDATE ON public.programme_sitting FOR EACH ROW EXECUTE FUNCTION public.programme_sitting_is_kept();

CREATE TRIGGER programme_statement_is_kept BEFORE DELETE OR UPDATE ON public.programme_statement FOR EACH ROW EXECUTE FUNCTION public.programme_statement_is_kept();

CREATE TRIGGER programme_term_is_kept BEFORE INSERT OR DELETE OR UPDATE ON public.programme_paymentterm FOR EACH ROW EXECUTE FUNCTION public.programme_term_is_kept();

CREATE TRIGGER programme_year_is_open BEFORE INSERT ON public.programme_postingline FOR EACH ROW EXECUTE FUNCTION public.programme_year_is_open();

CREATE CONSTRAINT TRIGGER programme_year_is_settled AFTER INSERT OR UPDATE ON public.programme_fundyear DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.programme_year_is_settled();

CREATE TRIGGER programme_year_stays_closed BEFORE DELETE OR UPDATE ON public.programme_fundyear FOR EACH ROW EXECUTE FUNCTION public.programme_year_stays_closed();

CREATE TRIGGER transit_balance_follows AFTER INSERT ON public.transit_postingline FOR EACH ROW EXECUTE FUNCTION public.transit_balance_follows();

CREATE TRIGGER transit_balance_is_kept BEFORE INSERT OR UPDATE ON public.transit_ledgeraccount FOR EACH ROW EXECUTE FUNCTION public.transit_balance_is_kept();

CREATE TRIGGER transit_ledger_is_kept BEFORE DELETE OR UPDATE ON public.transit_posting FOR EACH ROW EXECUTE FUNCTION public.transit_ledger_is_kept();

CREATE TRIGGER transit_ledger_is_kept BEFORE DELETE OR UPDATE ON public.transit_postingline FOR EACH ROW EXECUTE FUNCTION public.transit_ledger_is_kept();

CREATE CONSTRAINT TRIGGER transit_posting_balances AFTER INSERT ON public.transit_posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.transit_posting_balances();

CREATE CONSTRAINT TRIGGER transit_posting_balances AFTER INSERT ON public.transit_postingline DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.transit_posting_balances();

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_people_account_id FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_announcement_audience
    ADD CONSTRAINT affairs_announcement_announcement_id_db151f36_fk_affairs_a FOREIGN KEY (announcement_id) REFERENCES public.affairs_announcement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_announcement
    ADD CONSTRAINT affairs_announcement_issued_by_id_065d2bd9_fk_people_account_id FOREIGN KEY (issued_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_announcement
    ADD CONSTRAINT affairs_announcement_organisation_id_47dd8321_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_announcement_audience
    ADD CONSTRAINT affairs_announcement_organisation_id_7fcd84c8_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_assignment
    ADD CONSTRAINT affairs_assignment_form_id_d31c3f4d_fk_forms_form_id FOREIGN KEY (form_id) REFERENCES public.forms_form(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_assignment
    ADD CONSTRAINT affairs_assignment_issued_by_id_16fa45fd_fk_people_account_id FOREIGN KEY (issued_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_assignment
    ADD CONSTRAINT affairs_assignment_organisation_id_d96ac09b_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_assignment
    ADD CONSTRAINT affairs_assignment_register_id_ca6333e5_fk_forms_register_id FOREIGN KEY (register_id) REFERENCES public.forms_register(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_attendance
    ADD CONSTRAINT affairs_attendance_meeting_id_339a0856_fk_affairs_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.affairs_meeting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_attendance
    ADD CONSTRAINT affairs_attendance_member_id_6a3fd35c_fk_affairs_member_id FOREIGN KEY (member_id) REFERENCES public.affairs_member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_ballot
    ADD CONSTRAINT affairs_ballot_meeting_id_b586ebb6_fk_affairs_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.affairs_meeting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_ballot
    ADD CONSTRAINT affairs_ballot_opened_by_id_eb28871c_fk_people_account_id FOREIGN KEY (opened_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_ballot
    ADD CONSTRAINT affairs_ballot_proposal_id_92ca4486_fk_affairs_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.affairs_proposal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_concern
    ADD CONSTRAINT affairs_concern_case_id_bcdf2d0e_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_concern
    ADD CONSTRAINT affairs_concern_opened_by_id_b15d75a9_fk_people_account_id FOREIGN KEY (opened_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_concern
    ADD CONSTRAINT affairs_concern_settled_by_id_358430be_fk_people_account_id FOREIGN KEY (settled_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_concern
    ADD CONSTRAINT affairs_concern_village_id_75c16d7d_fk_people_organisation_id FOREIGN KEY (village_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_concernmove
    ADD CONSTRAINT affairs_concernmove_by_id_a167bf0b_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_concernmove
    ADD CONSTRAINT affairs_concernmove_concern_id_e2e1bf86_fk_affairs_concern_id FOREIGN KEY (concern_id) REFERENCES public.affairs_concern(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_concernparty
    ADD CONSTRAINT affairs_concernparty_concern_id_b23f8548_fk_affairs_concern_id FOREIGN KEY (concern_id) REFERENCES public.affairs_concern(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_contradiction
    ADD CONSTRAINT affairs_contradictio_settled_by_id_31adeb4f_fk_people_ac FOREIGN KEY (settled_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_contradiction
    ADD CONSTRAINT affairs_contradictio_settler_id_fff5b30a_fk_people_or FOREIGN KEY (settler_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_contradiction
    ADD CONSTRAINT affairs_contradiction_case_id_15abadc9_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_contradiction
    ADD CONSTRAINT affairs_contradiction_entity_id_bb78fcff_fk_forms_entity_id FOREIGN KEY (entity_id) REFERENCES public.forms_entity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_contradiction
    ADD CONSTRAINT affairs_contradiction_rule_id_68fbdf13_fk_affairs_itemrule_id FOREIGN KEY (rule_id) REFERENCES public.affairs_itemrule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_count
    ADD CONSTRAINT affairs_count_ballot_id_de743ab2_fk_affairs_ballot_id FOREIGN KEY (ballot_id) REFERENCES public.affairs_ballot(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_errand
    ADD CONSTRAINT affairs_errand_guide_id_b39afcdd_fk_affairs_guide_id FOREIGN KEY (guide_id) REFERENCES public.affairs_guide(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_errand
    ADD CONSTRAINT affairs_errand_organisation_id_e31d3648_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_errand
    ADD CONSTRAINT affairs_errand_taken_by_id_b400155d_fk_people_account_id FOREIGN KEY (taken_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_itemrule
    ADD CONSTRAINT affairs_itemrule_created_by_id_6813b690_fk_people_account_id FOREIGN KEY (created_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_itemrule
    ADD CONSTRAINT affairs_itemrule_register_id_4130734a_fk_forms_register_id FOREIGN KEY (register_id) REFERENCES public.forms_register(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_meeting
    ADD CONSTRAINT affairs_meeting_called_by_id_de4eea24_fk_people_account_id FOREIGN KEY (called_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_meeting
    ADD CONSTRAINT affairs_meeting_organisation_id_4187e7f2_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_member
    ADD CONSTRAINT affairs_member_account_id_7157174d_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_member
    ADD CONSTRAINT affairs_member_organisation_id_b852d81f_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_piece
    ADD CONSTRAINT affairs_piece_assignment_id_3406362c_fk_affairs_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.affairs_assignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_piece
    ADD CONSTRAINT affairs_piece_handed_in_by_id_6b35b50d_fk_people_account_id FOREIGN KEY (handed_in_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_piece
    ADD CONSTRAINT affairs_piece_organisation_id_8dd38114_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_piece
    ADD CONSTRAINT affairs_piece_parent_id_45f39d13_fk_affairs_piece_id FOREIGN KEY (parent_id) REFERENCES public.affairs_piece(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_piecestep
    ADD CONSTRAINT affairs_piecestep_account_id_fdc7053a_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_piecestep
    ADD CONSTRAINT affairs_piecestep_piece_id_4742e365_fk_affairs_piece_id FOREIGN KEY (piece_id) REFERENCES public.affairs_piece(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_proposal
    ADD CONSTRAINT affairs_proposal_made_by_id_13b89940_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_proposal
    ADD CONSTRAINT affairs_proposal_organisation_id_d92403b4_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_proposalstep
    ADD CONSTRAINT affairs_proposalstep_account_id_d9dcf5b3_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_proposalstep
    ADD CONSTRAINT affairs_proposalstep_meeting_id_d23902d6_fk_affairs_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.affairs_meeting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_proposalstep
    ADD CONSTRAINT affairs_proposalstep_proposal_id_1464db0f_fk_affairs_p FOREIGN KEY (proposal_id) REFERENCES public.affairs_proposal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_receipt
    ADD CONSTRAINT affairs_receipt_account_id_ceb286b0_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_receipt
    ADD CONSTRAINT affairs_receipt_announcement_id_faa23498_fk_affairs_a FOREIGN KEY (announcement_id) REFERENCES public.affairs_announcement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_receipt
    ADD CONSTRAINT affairs_receipt_organisation_id_852e9d27_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_shift
    ADD CONSTRAINT affairs_shift_account_id_a1938eae_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_shift
    ADD CONSTRAINT affairs_shift_made_by_id_9da99e72_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_shift
    ADD CONSTRAINT affairs_shift_organisation_id_6e4377ed_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_slip
    ADD CONSTRAINT affairs_slip_ballot_id_d7146c73_fk_affairs_ballot_id FOREIGN KEY (ballot_id) REFERENCES public.affairs_ballot(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_swap
    ADD CONSTRAINT affairs_swap_asked_by_id_bf210569_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_swap
    ADD CONSTRAINT affairs_swap_in_return_id_19664664_fk_affairs_shift_id FOREIGN KEY (in_return_id) REFERENCES public.affairs_shift(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_swap
    ADD CONSTRAINT affairs_swap_other_id_7b4675de_fk_people_account_id FOREIGN KEY (other_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_swap
    ADD CONSTRAINT affairs_swap_shift_id_31abb6bd_fk_affairs_shift_id FOREIGN KEY (shift_id) REFERENCES public.affairs_shift(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_visit
    ADD CONSTRAINT affairs_visit_account_id_04f1e0e1_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_visit
    ADD CONSTRAINT affairs_visit_concern_id_09ff3683_fk_affairs_concern_id FOREIGN KEY (concern_id) REFERENCES public.affairs_concern(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_visit
    ADD CONSTRAINT affairs_visit_village_id_68b2d518_fk_people_organisation_id FOREIGN KEY (village_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.affairs_voter
    ADD CONSTRAINT affairs_voter_ballot_id_3691524a_fk_affairs_ballot_id FOREIGN KEY (ballot_id) REFERENCES public.affairs_ballot(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alarm
    ADD CONSTRAINT alerts_alarm_acknowledged_by_id_da381369_fk_people_account_id FOREIGN KEY (acknowledged_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alarm
    ADD CONSTRAINT alerts_alarm_cleared_by_id_154d8ff8_fk_people_account_id FOREIGN KEY (cleared_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alarm
    ADD CONSTRAINT alerts_alarm_handled_by_id_815f2898_fk_people_account_id FOREIGN KEY (handled_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alarm
    ADD CONSTRAINT alerts_alarm_organisation_id_3f9d0844_fk_people_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alarm
    ADD CONSTRAINT alerts_alarm_rule_id_4052c690_fk_alerts_rule_id FOREIGN KEY (rule_id) REFERENCES public.alerts_rule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alarmstep
    ADD CONSTRAINT alerts_alarmstep_alarm_id_122c1ed0_fk_alerts_alarm_id FOREIGN KEY (alarm_id) REFERENCES public.alerts_alarm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alarmstep
    ADD CONSTRAINT alerts_alarmstep_by_id_8dc8ba4e_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_notice
    ADD CONSTRAINT alerts_notice_alarm_id_909b0aa7_fk_alerts_alarm_id FOREIGN KEY (alarm_id) REFERENCES public.alerts_alarm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_notice
    ADD CONSTRAINT alerts_notice_recipient_id_22398c97_fk_people_account_id FOREIGN KEY (recipient_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_noticedelivery
    ADD CONSTRAINT alerts_noticedelivery_notice_id_68f2e537_fk_alerts_notice_id FOREIGN KEY (notice_id) REFERENCES public.alerts_notice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_rule
    ADD CONSTRAINT alerts_rule_changed_by_id_6b9e8fbf_fk_people_account_id FOREIGN KEY (changed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_suppression
    ADD CONSTRAINT alerts_suppression_by_id_69f1d20f_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_suppression
    ADD CONSTRAINT alerts_suppression_rule_id_d7a6953e_fk_alerts_rule_id FOREIGN KEY (rule_id) REFERENCES public.alerts_rule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce FOREIGN KEY (access_attempt_id) REFERENCES public.axes_accessattempt(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.brain_board
    ADD CONSTRAINT brain_board_owner_id_5c93131b_fk_people_account_id FOREIGN KEY (owner_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.brain_boardtile
    ADD CONSTRAINT brain_boardtile_board_id_007beaa4_fk_brain_board_id FOREIGN KEY (board_id) REFERENCES public.brain_board(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.brain_questionrun
    ADD CONSTRAINT brain_questionrun_account_id_ef9ace7a_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.brain_questionrun
    ADD CONSTRAINT brain_questionrun_question_id_4fdb31d6_fk_brain_sav FOREIGN KEY (question_id) REFERENCES public.brain_savedquestion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.brain_savedquestion
    ADD CONSTRAINT brain_savedquestion_organisation_id_3b101868_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.brain_savedquestion
    ADD CONSTRAINT brain_savedquestion_owner_id_b376518d_fk_people_account_id FOREIGN KEY (owner_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.brain_savedquestion
    ADD CONSTRAINT brain_savedquestion_product_id_3bddf9de_fk_datasets_resource_id FOREIGN KEY (product_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.brain_themelink
    ADD CONSTRAINT brain_themelink_by_id_6bfb5eb1_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.brain_themelink
    ADD CONSTRAINT brain_themelink_resource_id_5ea1ce5f_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_alarmcase
    ADD CONSTRAINT cases_alarmcase_case_id_50d26239_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_callback
    ADD CONSTRAINT cases_callback_by_id_60bd4f4c_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_callback
    ADD CONSTRAINT cases_callback_case_id_967d8b97_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_card
    ADD CONSTRAINT cases_card_account_id_5131016f_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_card
    ADD CONSTRAINT cases_card_case_id_dfe1abf5_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_card
    ADD CONSTRAINT cases_card_organisation_id_0fb31f78_fk_people_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_card
    ADD CONSTRAINT cases_card_task_id_501371aa_fk_cases_task_id FOREIGN KEY (task_id) REFERENCES public.cases_task(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_merged_into_id_1b4320d8_fk_cases_case_id FOREIGN KEY (merged_into_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_opened_by_id_ed5328b2_fk_people_account_id FOREIGN KEY (opened_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_organisation_id_dac38ff3_fk_people_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_reporter_account_id_d2a00273_fk_people_account_id FOREIGN KEY (reporter_account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_version_id_5b6a6022_fk_cases_procedureversion_id FOREIGN KEY (version_id) REFERENCES public.cases_procedureversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caselink
    ADD CONSTRAINT cases_caselink_by_id_2c329a30_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caselink
    ADD CONSTRAINT cases_caselink_source_id_48ee1ae3_fk_cases_case_id FOREIGN KEY (source_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caselink
    ADD CONSTRAINT cases_caselink_target_id_02c75cb3_fk_cases_case_id FOREIGN KEY (target_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_caselink
    ADD CONSTRAINT cases_caselink_task_id_6e9b1524_fk_cases_task_id FOREIGN KEY (task_id) REFERENCES public.cases_task(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_entry
    ADD CONSTRAINT cases_entry_account_id_ca005f42_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_entry
    ADD CONSTRAINT cases_entry_case_id_b12f1eb1_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_entry
    ADD CONSTRAINT cases_entry_organisation_id_ab416906_fk_people_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_entry
    ADD CONSTRAINT cases_entry_task_id_a39be6a0_fk_cases_task_id FOREIGN KEY (task_id) REFERENCES public.cases_task(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_evaluation
    ADD CONSTRAINT cases_evaluation_by_id_1f6218b3_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_evaluation
    ADD CONSTRAINT cases_evaluation_case_id_58832ee9_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_extension
    ADD CONSTRAINT cases_extension_asked_by_id_53187ea1_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_extension
    ADD CONSTRAINT cases_extension_case_id_583445e3_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_extension
    ADD CONSTRAINT cases_extension_decided_by_id_ac8ea293_fk_people_account_id FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_feedback
    ADD CONSTRAINT cases_feedback_by_id_93c9c33b_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_feedback
    ADD CONSTRAINT cases_feedback_case_id_9a22016d_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_procedureversion
    ADD CONSTRAINT cases_procedureversi_published_by_id_29bbbd0d_fk_people_ac FOREIGN KEY (published_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_procedureversion
    ADD CONSTRAINT cases_procedureversion_made_by_id_c4b48672_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_supervision
    ADD CONSTRAINT cases_supervision_answered_by_id_7e3941c5_fk_people_account_id FOREIGN KEY (answered_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_supervision
    ADD CONSTRAINT cases_supervision_by_id_2b817430_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_supervision
    ADD CONSTRAINT cases_supervision_case_id_340bc9bf_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_supervision
    ADD CONSTRAINT cases_supervision_organisation_id_8d8a54f3_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_suspension
    ADD CONSTRAINT cases_suspension_by_id_c55c1129_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_suspension
    ADD CONSTRAINT cases_suspension_case_id_e5ee2e7f_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_task
    ADD CONSTRAINT cases_task_case_id_db8cf8f3_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_task
    ADD CONSTRAINT cases_task_claimed_by_id_8814a7a9_fk_people_account_id FOREIGN KEY (claimed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_task
    ADD CONSTRAINT cases_task_done_by_id_48c4c7f1_fk_people_account_id FOREIGN KEY (done_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_task
    ADD CONSTRAINT cases_task_organisation_id_27cf2033_fk_people_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_task
    ADD CONSTRAINT cases_task_parent_id_d43f5b6c_fk_cases_task_id FOREIGN KEY (parent_id) REFERENCES public.cases_task(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connectors_refusedrow
    ADD CONSTRAINT connectors_refusedrow_run_id_ff0faaf8_fk_connectors_run_id FOREIGN KEY (run_id) REFERENCES public.connectors_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connectors_run
    ADD CONSTRAINT connectors_run_corrects_id_01ffe083_fk_connectors_run_id FOREIGN KEY (corrects_id) REFERENCES public.connectors_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connectors_run
    ADD CONSTRAINT connectors_run_made_by_id_da74a585_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connectors_run
    ADD CONSTRAINT connectors_run_progress_id_b458d32c_fk_jobs_workprogress_id FOREIGN KEY (progress_id) REFERENCES public.jobs_workprogress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connectors_run
    ADD CONSTRAINT connectors_run_source_id_f1a8ea09_fk_connectors_source_id FOREIGN KEY (source_id) REFERENCES public.connectors_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connectors_run
    ADD CONSTRAINT connectors_run_version_id_66c7e8ad_fk_datasets_version_id FOREIGN KEY (version_id) REFERENCES public.datasets_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connectors_source
    ADD CONSTRAINT connectors_source_created_by_id_7c210795_fk_people_account_id FOREIGN KEY (created_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connectors_source
    ADD CONSTRAINT connectors_source_resource_id_c3e1f7fc_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connectors_sourcestate
    ADD CONSTRAINT connectors_sourcesta_source_id_ad41d3a8_fk_connector FOREIGN KEY (source_id) REFERENCES public.connectors_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connectors_streammessage
    ADD CONSTRAINT connectors_streammes_source_id_643973ed_fk_connector FOREIGN KEY (source_id) REFERENCES public.connectors_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_entryfile
    ADD CONSTRAINT datasets_entryfile_by_id_53dd14df_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_entryfile
    ADD CONSTRAINT datasets_entryfile_provider_id_7e65f1df_fk_people_or FOREIGN KEY (provider_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_entryfile_resources
    ADD CONSTRAINT datasets_entryfile_r_entryfile_id_af521c73_fk_datasets_ FOREIGN KEY (entryfile_id) REFERENCES public.datasets_entryfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_entryfile_resources
    ADD CONSTRAINT datasets_entryfile_r_resource_id_36af7733_fk_datasets_ FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_item
    ADD CONSTRAINT datasets_item_resource_id_03602945_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_lakefile
    ADD CONSTRAINT datasets_lakefile_resource_id_153ffccf_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_lineageedge
    ADD CONSTRAINT datasets_lineageedge_origin_id_28e4a77d_fk_datasets_ FOREIGN KEY (origin_id) REFERENCES public.datasets_lineagenode(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_lineageedge
    ADD CONSTRAINT datasets_lineageedge_target_id_869d4d65_fk_datasets_ FOREIGN KEY (target_id) REFERENCES public.datasets_lineagenode(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_purge
    ADD CONSTRAINT datasets_purge_by_id_f9a18eca_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_qualityrule
    ADD CONSTRAINT datasets_qualityrule_changed_by_id_da38a0fb_fk_people_ac FOREIGN KEY (changed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_qualityrule
    ADD CONSTRAINT datasets_qualityrule_resource_id_0b95260b_fk_datasets_ FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_qualityscore
    ADD CONSTRAINT datasets_qualityscor_resource_id_45844e9d_fk_datasets_ FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_qualityscore
    ADD CONSTRAINT datasets_qualityscor_version_id_2bc948a5_fk_datasets_ FOREIGN KEY (version_id) REFERENCES public.datasets_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_refusedentry
    ADD CONSTRAINT datasets_refusedentry_file_id_1103076c_fk_datasets_entryfile_id FOREIGN KEY (file_id) REFERENCES public.datasets_entryfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_resource
    ADD CONSTRAINT datasets_resource_provider_id_f0d22a12_fk_people_or FOREIGN KEY (provider_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_resource_related
    ADD CONSTRAINT datasets_resource_re_from_resource_id_541d4d4e_fk_datasets_ FOREIGN KEY (from_resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_resource_related
    ADD CONSTRAINT datasets_resource_re_to_resource_id_0899d6d5_fk_datasets_ FOREIGN KEY (to_resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_shelfstep
    ADD CONSTRAINT datasets_shelfstep_by_id_54099aa8_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_shelfstep
    ADD CONSTRAINT datasets_shelfstep_resource_id_24159c50_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_version
    ADD CONSTRAINT datasets_version_published_by_id_0ce8704f_fk_people_account_id FOREIGN KEY (published_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.datasets_version
    ADD CONSTRAINT datasets_version_resource_id_0525173f_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.devices_device
    ADD CONSTRAINT devices_device_owner_id_bf771b03_fk_people_organisation_id FOREIGN KEY (owner_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.devices_devicecommand
    ADD CONSTRAINT devices_devicecommand_asked_by_id_bfd6105d_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.devices_devicecommand
    ADD CONSTRAINT devices_devicecommand_device_id_a64f73aa_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.devices_devicelink
    ADD CONSTRAINT devices_devicelink_device_id_bfccf7a7_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.devices_devicenote
    ADD CONSTRAINT devices_devicenote_device_id_e8e641a5_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.devices_devicereport
    ADD CONSTRAINT devices_devicereport_device_id_8944ed9a_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.devices_quarantinedmessage
    ADD CONSTRAINT devices_quarantinedm_decided_by_id_332f4ba7_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.devices_series
    ADD CONSTRAINT devices_series_device_id_82cd09db_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_people_account_id FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_airday
    ADD CONSTRAINT environment_airday_point_id_71732331_fk_environme FOREIGN KEY (point_id) REFERENCES public.environment_monitoringpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_airhour
    ADD CONSTRAINT environment_airhour_point_id_0b6cfef6_fk_environme FOREIGN KEY (point_id) REFERENCES public.environment_monitoringpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_capturerate
    ADD CONSTRAINT environment_capturerate_device_id_f813e01f_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_casestep
    ADD CONSTRAINT environment_casestep_by_id_1db8d590_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_casestep
    ADD CONSTRAINT environment_casestep_case_id_37e86a78_fk_environme FOREIGN KEY (case_id) REFERENCES public.environment_supervisioncase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_correction
    ADD CONSTRAINT environment_correcti_decided_by_id_56cbfcb7_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_correction
    ADD CONSTRAINT environment_correcti_requested_by_id_f36612e0_fk_people_ac FOREIGN KEY (requested_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_correction
    ADD CONSTRAINT environment_correction_series_id_4d487591_fk_devices_series_id FOREIGN KEY (series_id) REFERENCES public.devices_series(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_dailyvalue
    ADD CONSTRAINT environment_dailyvalue_series_id_b19c77ce_fk_devices_series_id FOREIGN KEY (series_id) REFERENCES public.devices_series(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_dutyfulfilment
    ADD CONSTRAINT environment_dutyfulf_duty_id_c6b8988d_fk_environme FOREIGN KEY (duty_id) REFERENCES public.environment_permitduty(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_dutyfulfilment
    ADD CONSTRAINT environment_dutyfulf_recorded_by_id_0606ce66_fk_people_ac FOREIGN KEY (recorded_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_facility_outlets
    ADD CONSTRAINT environment_facility_facility_id_e19838cc_fk_environme FOREIGN KEY (facility_id) REFERENCES public.environment_facility(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_facility_outlets
    ADD CONSTRAINT environment_facility_outlet_id_0ae6e4ce_fk_environme FOREIGN KEY (outlet_id) REFERENCES public.environment_outlet(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_facility
    ADD CONSTRAINT environment_facility_source_id_d325f43e_fk_environme FOREIGN KEY (source_id) REFERENCES public.environment_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_filerecord
    ADD CONSTRAINT environment_filereco_outlet_id_f842afa5_fk_environme FOREIGN KEY (outlet_id) REFERENCES public.environment_outlet(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_filerecord
    ADD CONSTRAINT environment_filereco_recorded_by_id_5a5b8431_fk_people_ac FOREIGN KEY (recorded_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_filerecord
    ADD CONSTRAINT environment_filereco_source_id_e381c37f_fk_environme FOREIGN KEY (source_id) REFERENCES public.environment_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_forecastmodel
    ADD CONSTRAINT environment_forecast_point_id_686f8f31_fk_environme FOREIGN KEY (point_id) REFERENCES public.environment_monitoringpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_forecastscore
    ADD CONSTRAINT environment_forecast_point_id_6f03255e_fk_environme FOREIGN KEY (point_id) REFERENCES public.environment_monitoringpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_forecast
    ADD CONSTRAINT environment_forecast_point_id_ea8fe430_fk_environme FOREIGN KEY (point_id) REFERENCES public.environment_monitoringpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_hourlyvalue
    ADD CONSTRAINT environment_hourlyvalue_series_id_6759c827_fk_devices_series_id FOREIGN KEY (series_id) REFERENCES public.devices_series(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_monitoringpoint
    ADD CONSTRAINT environment_monitori_device_id_0b8372ff_fk_devices_d FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_noiseday
    ADD CONSTRAINT environment_noiseday_point_id_26b109ed_fk_environme FOREIGN KEY (point_id) REFERENCES public.environment_monitoringpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_outlet
    ADD CONSTRAINT environment_outlet_device_id_b518cd94_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_outlet
    ADD CONSTRAINT environment_outlet_inlet_device_id_5b793d5b_fk_devices_d FOREIGN KEY (inlet_device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_outlet
    ADD CONSTRAINT environment_outlet_source_id_f9911507_fk_environment_source_id FOREIGN KEY (source_id) REFERENCES public.environment_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_outletday
    ADD CONSTRAINT environment_outletda_outlet_id_686a224a_fk_environme FOREIGN KEY (outlet_id) REFERENCES public.environment_outlet(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_permit
    ADD CONSTRAINT environment_permit_source_id_e8ff0644_fk_environment_source_id FOREIGN KEY (source_id) REFERENCES public.environment_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_permitduty
    ADD CONSTRAINT environment_permitdu_permit_id_688e4ee1_fk_environme FOREIGN KEY (permit_id) REFERENCES public.environment_permit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_permitlimit
    ADD CONSTRAINT environment_permitli_outlet_id_fdfc2510_fk_environme FOREIGN KEY (outlet_id) REFERENCES public.environment_outlet(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_permitlimit
    ADD CONSTRAINT environment_permitli_permit_id_4bd1583f_fk_environme FOREIGN KEY (permit_id) REFERENCES public.environment_permit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_permitquantity
    ADD CONSTRAINT environment_permitqu_outlet_id_4dd8fb56_fk_environme FOREIGN KEY (outlet_id) REFERENCES public.environment_outlet(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_permitquantity
    ADD CONSTRAINT environment_permitqu_permit_id_b2a3c594_fk_environme FOREIGN KEY (permit_id) REFERENCES public.environment_permit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_qualityfinding
    ADD CONSTRAINT environment_qualityf_series_id_d2350125_fk_devices_s FOREIGN KEY (series_id) REFERENCES public.devices_series(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_qualityfinding
    ADD CONSTRAINT environment_qualityf_verdict_by_id_b20fd7d8_fk_people_ac FOREIGN KEY (verdict_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_source
    ADD CONSTRAINT environment_source_organisation_id_dcc7e2a7_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_statemark
    ADD CONSTRAINT environment_statemar_declared_by_id_4ad90406_fk_people_ac FOREIGN KEY (declared_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_statemark
    ADD CONSTRAINT environment_statemar_outlet_id_070377bd_fk_environme FOREIGN KEY (outlet_id) REFERENCES public.environment_outlet(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_supervisioncase
    ADD CONSTRAINT environment_supervis_alarm_id_13bd1d5e_fk_alerts_al FOREIGN KEY (alarm_id) REFERENCES public.alerts_alarm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_supervisioncase
    ADD CONSTRAINT environment_supervis_device_id_a8aa1bde_fk_devices_d FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_supervisioncase
    ADD CONSTRAINT environment_supervis_outlet_id_cee0e3bb_fk_environme FOREIGN KEY (outlet_id) REFERENCES public.environment_outlet(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_supervisioncase
    ADD CONSTRAINT environment_supervis_point_id_3e08c4a4_fk_environme FOREIGN KEY (point_id) REFERENCES public.environment_monitoringpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_supervisioncase
    ADD CONSTRAINT environment_supervis_source_id_64dcfedd_fk_environme FOREIGN KEY (source_id) REFERENCES public.environment_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.environment_waterday
    ADD CONSTRAINT environment_waterday_point_id_b6f4e0cc_fk_environme FOREIGN KEY (point_id) REFERENCES public.environment_monitoringpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feeds_change
    ADD CONSTRAINT feeds_change_resource_id_4629bd15_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feeds_push
    ADD CONSTRAINT feeds_push_change_id_f95eba92_fk_feeds_change_id FOREIGN KEY (change_id) REFERENCES public.feeds_change(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feeds_push
    ADD CONSTRAINT feeds_push_subscription_id_b46b0331_fk_feeds_subscription_id FOREIGN KEY (subscription_id) REFERENCES public.feeds_subscription(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feeds_seen
    ADD CONSTRAINT feeds_seen_resource_id_2628e6e8_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feeds_subscription
    ADD CONSTRAINT feeds_subscription_created_by_id_2ad9bdaf_fk_people_account_id FOREIGN KEY (created_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feeds_subscription
    ADD CONSTRAINT feeds_subscription_grant_id_a52a26bf_fk_grants_grant_id FOREIGN KEY (grant_id) REFERENCES public.grants_grant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.files_filelink
    ADD CONSTRAINT files_filelink_by_id_4f0fed22_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.files_filelink
    ADD CONSTRAINT files_filelink_file_id_86b5b9c1_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.files_storedfile
    ADD CONSTRAINT files_storedfile_kept_by_id_cbb0d2ae_fk_people_account_id FOREIGN KEY (kept_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_apisession
    ADD CONSTRAINT forms_apisession_account_id_a39033f7_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_appuser
    ADD CONSTRAINT forms_appuser_account_id_1db3fb17_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_appuser_forms
    ADD CONSTRAINT forms_appuser_forms_appuser_id_7b7b01bb_fk_forms_appuser_id FOREIGN KEY (appuser_id) REFERENCES public.forms_appuser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_appuser_forms
    ADD CONSTRAINT forms_appuser_forms_form_id_7f39a3bf_fk_forms_form_id FOREIGN KEY (form_id) REFERENCES public.forms_form(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_appuser
    ADD CONSTRAINT forms_appuser_project_id_6c162829_fk_forms_project_id FOREIGN KEY (project_id) REFERENCES public.forms_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_entity
    ADD CONSTRAINT forms_entity_created_by_id_5980ff36_fk_people_account_id FOREIGN KEY (created_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_entity
    ADD CONSTRAINT forms_entity_register_id_8141c51b_fk_forms_register_id FOREIGN KEY (register_id) REFERENCES public.forms_register(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_entitywrite
    ADD CONSTRAINT forms_entitywrite_account_id_4eb502b4_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_entitywrite
    ADD CONSTRAINT forms_entitywrite_entity_id_9f135f6b_fk_forms_entity_id FOREIGN KEY (entity_id) REFERENCES public.forms_entity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_entitywrite
    ADD CONSTRAINT forms_entitywrite_organisation_id_80544a94_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_entitywrite
    ADD CONSTRAINT forms_entitywrite_submission_id_7952789d_fk_forms_sub FOREIGN KEY (submission_id) REFERENCES public.forms_submissionversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_form_audience
    ADD CONSTRAINT forms_form_audience_form_id_5a54acad_fk_forms_form_id FOREIGN KEY (form_id) REFERENCES public.forms_form(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_form_audience
    ADD CONSTRAINT forms_form_audience_organisation_id_240ddddd_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_form
    ADD CONSTRAINT forms_form_created_by_id_899b7459_fk_people_account_id FOREIGN KEY (created_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_form
    ADD CONSTRAINT forms_form_organisation_id_7a941923_fk_people_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_form
    ADD CONSTRAINT forms_form_project_id_edf62197_fk_forms_project_id FOREIGN KEY (project_id) REFERENCES public.forms_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_formfile
    ADD CONSTRAINT forms_formfile_file_id_2eecef0c_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_formfile
    ADD CONSTRAINT forms_formfile_register_id_2beabd3d_fk_forms_register_id FOREIGN KEY (register_id) REFERENCES public.forms_register(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_formfile
    ADD CONSTRAINT forms_formfile_version_id_8b5a0de5_fk_forms_formversion_id FOREIGN KEY (version_id) REFERENCES public.forms_formversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_formreview
    ADD CONSTRAINT forms_formreview_by_id_f9044e78_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_formreview
    ADD CONSTRAINT forms_formreview_decided_by_id_481b6f74_fk_people_account_id FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_formreview
    ADD CONSTRAINT forms_formreview_version_id_9a0675b5_fk_forms_formversion_id FOREIGN KEY (version_id) REFERENCES public.forms_formversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_formversion
    ADD CONSTRAINT forms_formversion_form_id_1051897d_fk_forms_form_id FOREIGN KEY (form_id) REFERENCES public.forms_form(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_formversion
    ADD CONSTRAINT forms_formversion_made_by_id_1a187974_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_formversion
    ADD CONSTRAINT forms_formversion_xlsx_id_1ba0e453_fk_files_storedfile_id FOREIGN KEY (xlsx_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_project
    ADD CONSTRAINT forms_project_organisation_id_116ec2b1_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_register
    ADD CONSTRAINT forms_register_organisation_id_eae695d2_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_register
    ADD CONSTRAINT forms_register_project_id_fc28901a_fk_forms_project_id FOREIGN KEY (project_id) REFERENCES public.forms_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_registeritem
    ADD CONSTRAINT forms_registeritem_holder_id_4dc564bb_fk_people_organisation_id FOREIGN KEY (holder_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_registeritem
    ADD CONSTRAINT forms_registeritem_register_id_0655c393_fk_forms_register_id FOREIGN KEY (register_id) REFERENCES public.forms_register(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_registeritem
    ADD CONSTRAINT forms_registeritem_resource_item_id_171bb0e3_fk_datasets_ FOREIGN KEY (resource_item_id) REFERENCES public.datasets_item(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_registersource
    ADD CONSTRAINT forms_registersource_created_by_id_ffd68cb3_fk_people_ac FOREIGN KEY (created_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_registersource
    ADD CONSTRAINT forms_registersource_last_version_id_58814049_fk_datasets_ FOREIGN KEY (last_version_id) REFERENCES public.datasets_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_registersource
    ADD CONSTRAINT forms_registersource_register_id_3c3bb398_fk_forms_register_id FOREIGN KEY (register_id) REFERENCES public.forms_register(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_registersource
    ADD CONSTRAINT forms_registersource_resource_id_73f21af8_fk_datasets_ FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submission
    ADD CONSTRAINT forms_submission_account_id_d35945e5_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submission
    ADD CONSTRAINT forms_submission_app_user_id_4b956188_fk_forms_appuser_id FOREIGN KEY (app_user_id) REFERENCES public.forms_appuser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submission
    ADD CONSTRAINT forms_submission_form_id_fe1f7a8a_fk_forms_form_id FOREIGN KEY (form_id) REFERENCES public.forms_form(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submission
    ADD CONSTRAINT forms_submission_organisation_id_8e6ef098_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submission
    ADD CONSTRAINT forms_submission_version_id_765c72e1_fk_forms_formversion_id FOREIGN KEY (version_id) REFERENCES public.forms_formversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submissioncomment
    ADD CONSTRAINT forms_submissioncomm_account_id_f1d71c03_fk_people_ac FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submissioncomment
    ADD CONSTRAINT forms_submissioncomm_submission_id_8f0bc82f_fk_forms_sub FOREIGN KEY (submission_id) REFERENCES public.forms_submission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submissionfile
    ADD CONSTRAINT forms_submissionfile_file_id_e633b57c_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submissionfile
    ADD CONSTRAINT forms_submissionfile_version_id_898f4689_fk_forms_sub FOREIGN KEY (version_id) REFERENCES public.forms_submissionversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submissionsettlement
    ADD CONSTRAINT forms_submissionsett_account_id_915ebc46_fk_people_ac FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submissionsettlement
    ADD CONSTRAINT forms_submissionsett_submission_id_dc383a69_fk_forms_sub FOREIGN KEY (submission_id) REFERENCES public.forms_submission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submissionversion
    ADD CONSTRAINT forms_submissionvers_account_id_90e65ee2_fk_people_ac FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submissionversion
    ADD CONSTRAINT forms_submissionvers_app_user_id_4df3511f_fk_forms_app FOREIGN KEY (app_user_id) REFERENCES public.forms_appuser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submissionversion
    ADD CONSTRAINT forms_submissionvers_form_version_id_370cecfe_fk_forms_for FOREIGN KEY (form_version_id) REFERENCES public.forms_formversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_submissionversion
    ADD CONSTRAINT forms_submissionvers_submission_id_1f64c94e_fk_forms_sub FOREIGN KEY (submission_id) REFERENCES public.forms_submission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_waitingwrite
    ADD CONSTRAINT forms_waitingwrite_register_id_a54856bf_fk_forms_register_id FOREIGN KEY (register_id) REFERENCES public.forms_register(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_waitingwrite
    ADD CONSTRAINT forms_waitingwrite_submission_id_9f78eb5c_fk_forms_sub FOREIGN KEY (submission_id) REFERENCES public.forms_submissionversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_webform
    ADD CONSTRAINT forms_webform_version_id_9d022a15_fk_forms_formversion_id FOREIGN KEY (version_id) REFERENCES public.forms_formversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_camera
    ADD CONSTRAINT governance_camera_device_id_f2da7377_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_camera
    ADD CONSTRAINT governance_camera_organisation_id_be945b80_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_careappeal
    ADD CONSTRAINT governance_careappea_decided_by_id_eb6db52a_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_careappeal
    ADD CONSTRAINT governance_careappea_organisation_id_d9d91e77_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_careappeal
    ADD CONSTRAINT governance_careappea_record_id_8dc31aac_fk_governanc FOREIGN KEY (record_id) REFERENCES public.governance_carerecord(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_careappeal
    ADD CONSTRAINT governance_careappeal_taken_by_id_1d47d9a8_fk_people_account_id FOREIGN KEY (taken_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_carecontent
    ADD CONSTRAINT governance_careconte_record_id_e55c32cc_fk_governanc FOREIGN KEY (record_id) REFERENCES public.governance_carerecord(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_carehelp
    ADD CONSTRAINT governance_carehelp_by_id_ce6362e4_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_carehelp
    ADD CONSTRAINT governance_carehelp_record_id_fec9936e_fk_governanc FOREIGN KEY (record_id) REFERENCES public.governance_carerecord(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_careplan
    ADD CONSTRAINT governance_careplan_made_by_id_623a140d_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_careplan
    ADD CONSTRAINT governance_careplan_record_id_870288d2_fk_governanc FOREIGN KEY (record_id) REFERENCES public.governance_carerecord(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_carerecord
    ADD CONSTRAINT governance_carerecor_organisation_id_e8c68a81_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_carerecord
    ADD CONSTRAINT governance_carerecord_carer_id_c4faa81e_fk_people_account_id FOREIGN KEY (carer_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_carerecord
    ADD CONSTRAINT governance_carerecord_made_by_id_c84cbdcc_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_caretransfer
    ADD CONSTRAINT governance_caretrans_asked_by_id_99dd5982_fk_people_ac FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_caretransfer
    ADD CONSTRAINT governance_caretrans_decided_by_id_63d5fb3b_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_caretransfer
    ADD CONSTRAINT governance_caretrans_from_organisation_id_802f53be_fk_people_or FOREIGN KEY (from_organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_caretransfer
    ADD CONSTRAINT governance_caretrans_record_id_49b5cc69_fk_governanc FOREIGN KEY (record_id) REFERENCES public.governance_carerecord(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_caretransfer
    ADD CONSTRAINT governance_caretrans_to_organisation_id_9c031dbc_fk_people_or FOREIGN KEY (to_organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_careunit
    ADD CONSTRAINT governance_careunit_organisation_id_92769413_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_careunlock
    ADD CONSTRAINT governance_careunloc_approved_by_id_9c8aa821_fk_people_ac FOREIGN KEY (approved_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_careunlock
    ADD CONSTRAINT governance_careunloc_record_id_56a96514_fk_governanc FOREIGN KEY (record_id) REFERENCES public.governance_carerecord(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_careunlock
    ADD CONSTRAINT governance_careunloc_requested_by_id_0f8c3351_fk_people_ac FOREIGN KEY (requested_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_carevisit
    ADD CONSTRAINT governance_carevisit_by_id_d2b29b15_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_carevisit
    ADD CONSTRAINT governance_carevisit_record_id_b03db8d4_fk_governanc FOREIGN KEY (record_id) REFERENCES public.governance_carerecord(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_cataloguedifference
    ADD CONSTRAINT governance_catalogue_explained_by_id_3d1ed38c_fk_people_ac FOREIGN KEY (explained_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_cataloguedifference
    ADD CONSTRAINT governance_catalogue_source_id_dabb9bbf_fk_governanc FOREIGN KEY (source_id) REFERENCES public.governance_videosource(device_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_cellduty
    ADD CONSTRAINT governance_cellduty_account_id_4afa1dd0_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_checkpoint
    ADD CONSTRAINT governance_checkpoin_key_place_id_1a3f2a74_fk_governanc FOREIGN KEY (key_place_id) REFERENCES public.governance_keyplace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_checkpoint
    ADD CONSTRAINT governance_checkpoin_plan_id_44ac0f1e_fk_governanc FOREIGN KEY (plan_id) REFERENCES public.governance_patrolplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_dispute
    ADD CONSTRAINT governance_dispute_made_by_id_2f1fe10a_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_dispute
    ADD CONSTRAINT governance_dispute_mediator_id_781b2fa5_fk_people_account_id FOREIGN KEY (mediator_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_dispute
    ADD CONSTRAINT governance_dispute_organisation_id_af8b9680_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_disputeparty
    ADD CONSTRAINT governance_disputepa_dispute_id_fdc91ad6_fk_governanc FOREIGN KEY (dispute_id) REFERENCES public.governance_dispute(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_disputestep
    ADD CONSTRAINT governance_disputest_dispute_id_a612d865_fk_governanc FOREIGN KEY (dispute_id) REFERENCES public.governance_dispute(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_disputestep
    ADD CONSTRAINT governance_disputestep_by_id_19c52179_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_gridcell_parents
    ADD CONSTRAINT governance_gridcell__from_gridcell_id_4c978b37_fk_governanc FOREIGN KEY (from_gridcell_id) REFERENCES public.governance_gridcell(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_gridcell_parents
    ADD CONSTRAINT governance_gridcell__to_gridcell_id_5a5cea74_fk_governanc FOREIGN KEY (to_gridcell_id) REFERENCES public.governance_gridcell(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_gridcell
    ADD CONSTRAINT governance_gridcell_made_by_id_4888b7cc_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_groupdisputestep
    ADD CONSTRAINT governance_groupdisp_event_id_51e433bc_fk_governanc FOREIGN KEY (event_id) REFERENCES public.governance_groupdispute(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_groupdispute
    ADD CONSTRAINT governance_groupdisp_made_by_id_dce54920_fk_people_ac FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_groupdispute
    ADD CONSTRAINT governance_groupdisp_organisation_id_7d869f2e_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_groupdisputestep
    ADD CONSTRAINT governance_groupdisputestep_by_id_89a78522_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_inspectionfinding
    ADD CONSTRAINT governance_inspectio_inspection_id_a0ff32c3_fk_governanc FOREIGN KEY (inspection_id) REFERENCES public.governance_inspection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_inspection
    ADD CONSTRAINT governance_inspectio_key_place_id_9b766f4d_fk_governanc FOREIGN KEY (key_place_id) REFERENCES public.governance_keyplace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_inspection
    ADD CONSTRAINT governance_inspection_account_id_ac6a531f_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_patrol
    ADD CONSTRAINT governance_patrol_account_id_34270513_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_patrol
    ADD CONSTRAINT governance_patrol_plan_id_f112ed2c_fk_governance_patrolplan_id FOREIGN KEY (plan_id) REFERENCES public.governance_patrolplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_reading
    ADD CONSTRAINT governance_reading_by_id_e25648a0_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_reading
    ADD CONSTRAINT governance_reading_case_id_f808f0c4_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_refusedrow
    ADD CONSTRAINT governance_refusedro_batch_id_6e227061_fk_governanc FOREIGN KEY (batch_id) REFERENCES public.governance_reportimport(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_reportimport
    ADD CONSTRAINT governance_reportimport_by_id_fec049bf_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_shift
    ADD CONSTRAINT governance_shift_account_id_e010c36d_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_shift
    ADD CONSTRAINT governance_shift_made_by_id_a1f64ed1_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_shift
    ADD CONSTRAINT governance_shift_post_id_9b24a498_fk_governance_post_id FOREIGN KEY (post_id) REFERENCES public.governance_post(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_trackpoint
    ADD CONSTRAINT governance_trackpoin_patrol_id_84b03191_fk_governanc FOREIGN KEY (patrol_id) REFERENCES public.governance_patrol(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_videoalarm
    ADD CONSTRAINT governance_videoalar_camera_id_2f3477ee_fk_governanc FOREIGN KEY (camera_id) REFERENCES public.governance_camera(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_videoalarm
    ADD CONSTRAINT governance_videoalarm_device_id_a7d1a5f2_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_videogrant_cameras
    ADD CONSTRAINT governance_videogran_camera_id_34ade3b9_fk_governanc FOREIGN KEY (camera_id) REFERENCES public.governance_camera(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_videogrant
    ADD CONSTRAINT governance_videogran_decided_by_id_1f9b8911_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_videogrant
    ADD CONSTRAINT governance_videogran_organisation_id_fcd7df35_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_videogrant_cameras
    ADD CONSTRAINT governance_videogran_videogrant_id_598b368f_fk_governanc FOREIGN KEY (videogrant_id) REFERENCES public.governance_videogrant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_videogrant
    ADD CONSTRAINT governance_videogrant_asked_by_id_58055e33_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_videosource
    ADD CONSTRAINT governance_videosource_device_id_3132840f_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_viewing
    ADD CONSTRAINT governance_viewing_account_id_55983c40_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_viewing
    ADD CONSTRAINT governance_viewing_camera_id_8a4bdc36_fk_governance_camera_id FOREIGN KEY (camera_id) REFERENCES public.governance_camera(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_viewing
    ADD CONSTRAINT governance_viewing_grant_id_5512e1bd_fk_governanc FOREIGN KEY (grant_id) REFERENCES public.governance_videogrant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.governance_viewing
    ADD CONSTRAINT governance_viewing_organisation_id_7ee080a4_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_client
    ADD CONSTRAINT grants_client_application_id_75f28294_fk_oauth2_pr FOREIGN KEY (application_id) REFERENCES public.oauth2_provider_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_client
    ADD CONSTRAINT grants_client_created_by_id_4d19af73_fk_people_account_id FOREIGN KEY (created_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_client
    ADD CONSTRAINT grants_client_organisation_id_bf13df00_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_export
    ADD CONSTRAINT grants_export_account_id_6cf60502_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_export
    ADD CONSTRAINT grants_export_grant_id_98e3d52b_fk_grants_grant_id FOREIGN KEY (grant_id) REFERENCES public.grants_grant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_client_id_24e92010_fk_grants_client_id FOREIGN KEY (client_id) REFERENCES public.grants_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_granted_by_id_3db88b54_fk_people_account_id FOREIGN KEY (granted_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_grantee_id_9179feb7_fk_people_organisation_id FOREIGN KEY (grantee_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_request_id_68591394_fk_grants_request_id FOREIGN KEY (request_id) REFERENCES public.grants_request(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_grant
    ADD CONSTRAINT grants_grant_resource_id_5cce5d3f_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_need
    ADD CONSTRAINT grants_need_account_id_df5138b1_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_need
    ADD CONSTRAINT grants_need_holder_id_e672c1bf_fk_people_organisation_id FOREIGN KEY (holder_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_need
    ADD CONSTRAINT grants_need_organisation_id_c2dc7e0c_fk_people_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_need
    ADD CONSTRAINT grants_need_resource_id_53bc6af0_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_objection
    ADD CONSTRAINT grants_objection_account_id_84a36c50_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_objection
    ADD CONSTRAINT grants_objection_answered_by_id_14ff4f97_fk_people_account_id FOREIGN KEY (answered_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_objection
    ADD CONSTRAINT grants_objection_grant_id_92cbf200_fk_grants_grant_id FOREIGN KEY (grant_id) REFERENCES public.grants_grant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_objection
    ADD CONSTRAINT grants_objection_organisation_id_3ce6031b_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_objection
    ADD CONSTRAINT grants_objection_resource_id_d087f293_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_request
    ADD CONSTRAINT grants_request_account_id_1f55e844_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_request
    ADD CONSTRAINT grants_request_case_id_2c43f608_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_request
    ADD CONSTRAINT grants_request_decided_by_id_8f6a6008_fk_people_account_id FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_request
    ADD CONSTRAINT grants_request_organisation_id_cc9f422e_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_request
    ADD CONSTRAINT grants_request_resource_id_6203aa63_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.grants_spent
    ADD CONSTRAINT grants_spent_grant_id_4a9f3930_fk_grants_grant_id FOREIGN KEY (grant_id) REFERENCES public.grants_grant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.jobs_workprogress
    ADD CONSTRAINT jobs_workprogress_started_by_id_b5de839c_fk_people_account_id FOREIGN KEY (started_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_people_account_id FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_application_id_b22886e1_fk_oauth2_pr FOREIGN KEY (application_id) REFERENCES public.oauth2_provider_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_id_token_id_85db651b_fk_oauth2_pr FOREIGN KEY (id_token_id) REFERENCES public.oauth2_provider_idtoken(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_source_refresh_token_e66fbc72_fk_oauth2_pr FOREIGN KEY (source_refresh_token_id) REFERENCES public.oauth2_provider_refreshtoken(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_user_id_6e4c9a65_fk_people_ac FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_application
    ADD CONSTRAINT oauth2_provider_appl_user_id_79829054_fk_people_ac FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_devicegrant
    ADD CONSTRAINT oauth2_provider_devi_user_id_1cec5156_fk_people_ac FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_gran_application_id_81923564_fk_oauth2_pr FOREIGN KEY (application_id) REFERENCES public.oauth2_provider_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_grant_user_id_e8f62af8_fk_people_account_id FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idto_application_id_08c5ff4f_fk_oauth2_pr FOREIGN KEY (application_id) REFERENCES public.oauth2_provider_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idtoken_user_id_dd512b59_fk_people_account_id FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refr_access_token_id_775e84e8_fk_oauth2_pr FOREIGN KEY (access_token_id) REFERENCES public.oauth2_provider_accesstoken(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refr_application_id_2d1c311b_fk_oauth2_pr FOREIGN KEY (application_id) REFERENCES public.oauth2_provider_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refr_user_id_da837fce_fk_people_ac FOREIGN KEY (user_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_attribute
    ADD CONSTRAINT parties_attribute_party_id_924b11e5_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_attribute
    ADD CONSTRAINT parties_attribute_source_id_b7caa948_fk_parties_source_id FOREIGN KEY (source_id) REFERENCES public.parties_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_candidate
    ADD CONSTRAINT parties_candidate_decided_by_id_91d86472_fk_people_account_id FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_candidate
    ADD CONSTRAINT parties_candidate_left_id_3cdfb855_fk_parties_party_id FOREIGN KEY (left_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_candidate
    ADD CONSTRAINT parties_candidate_right_id_4dbc0a1b_fk_parties_party_id FOREIGN KEY (right_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_merge
    ADD CONSTRAINT parties_merge_by_id_dbcbd365_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_merge
    ADD CONSTRAINT parties_merge_gone_id_5bdc7fb1_fk_parties_party_id FOREIGN KEY (gone_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_merge
    ADD CONSTRAINT parties_merge_kept_id_4740eebc_fk_parties_party_id FOREIGN KEY (kept_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_merge
    ADD CONSTRAINT parties_merge_undone_by_id_7cee4532_fk_people_account_id FOREIGN KEY (undone_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_name
    ADD CONSTRAINT parties_name_party_id_617218b0_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_name
    ADD CONSTRAINT parties_name_source_id_d1fa9ac3_fk_parties_source_id FOREIGN KEY (source_id) REFERENCES public.parties_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_number
    ADD CONSTRAINT parties_number_party_id_4bf1b2d6_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_objection
    ADD CONSTRAINT parties_objection_decided_by_id_96ac5d64_fk_people_account_id FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_objection
    ADD CONSTRAINT parties_objection_filed_by_id_afb3adab_fk_people_account_id FOREIGN KEY (filed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_objection
    ADD CONSTRAINT parties_objection_party_id_743c4e8e_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_party
    ADD CONSTRAINT parties_party_merged_into_id_83b7b758_fk_parties_party_id FOREIGN KEY (merged_into_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_party
    ADD CONSTRAINT parties_party_root_id_53080987_fk_parties_party_id FOREIGN KEY (root_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_precedence
    ADD CONSTRAINT parties_precedence_source_id_a92a8713_fk_parties_source_id FOREIGN KEY (source_id) REFERENCES public.parties_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_relation
    ADD CONSTRAINT parties_relation_other_id_60399b0d_fk_parties_party_id FOREIGN KEY (other_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_relation
    ADD CONSTRAINT parties_relation_party_id_93a29aff_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_relation
    ADD CONSTRAINT parties_relation_source_id_eaaf97c0_fk_parties_source_id FOREIGN KEY (source_id) REFERENCES public.parties_source(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_source
    ADD CONSTRAINT parties_source_resource_id_0e209740_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_split
    ADD CONSTRAINT parties_split_by_id_966c7827_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_split
    ADD CONSTRAINT parties_split_made_id_d90a9bb9_fk_parties_party_id FOREIGN KEY (made_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_split
    ADD CONSTRAINT parties_split_party_id_6e0601d2_fk_parties_party_id FOREIGN KEY (party_id) REFERENCES public.parties_party(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_split
    ADD CONSTRAINT parties_split_undone_by_id_cf1334b7_fk_people_account_id FOREIGN KEY (undone_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.parties_taken
    ADD CONSTRAINT parties_taken_resource_id_8869ccf4_fk_datasets_resource_id FOREIGN KEY (resource_id) REFERENCES public.datasets_resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_account
    ADD CONSTRAINT people_account_organisation_id_362dc444_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_auditcheck
    ADD CONSTRAINT people_auditcheck_by_id_438f6b9d_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_duty
    ADD CONSTRAINT people_duty_account_id_037d13e4_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_duty
    ADD CONSTRAINT people_duty_ended_by_id_63bab27d_fk_people_account_id FOREIGN KEY (ended_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_duty
    ADD CONSTRAINT people_duty_granted_by_id_4cc0c2b2_fk_people_account_id FOREIGN KEY (granted_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_duty
    ADD CONSTRAINT people_duty_organisation_id_1ce1beba_fk_people_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_lifestep
    ADD CONSTRAINT people_lifestep_account_id_9e0e8d09_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_lifestep
    ADD CONSTRAINT people_lifestep_by_id_61ad309b_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_lifestep
    ADD CONSTRAINT people_lifestep_organisation_id_56dae9be_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_organisation
    ADD CONSTRAINT people_organisation_parent_id_99463b78_fk_people_or FOREIGN KEY (parent_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_pastpassword
    ADD CONSTRAINT people_pastpassword_account_id_1112f4da_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_signin
    ADD CONSTRAINT people_signin_account_id_65083646_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.places_address
    ADD CONSTRAINT places_address_division_id_01fb3e5d_fk_places_division_code FOREIGN KEY (division_id) REFERENCES public.places_division(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.places_division
    ADD CONSTRAINT places_division_parent_id_a7a12d3b_fk_places_division_code FOREIGN KEY (parent_id) REFERENCES public.places_division(code) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

ALTER TABLE ONLY public.programme_acceptanceitem
    ADD CONSTRAINT programme_acceptance_agreed_by_id_1edb372a_fk_people_ac FOREIGN KEY (agreed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_acceptance
    ADD CONSTRAINT programme_acceptance_asked_by_id_993ef525_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_acceptance
    ADD CONSTRAINT programme_acceptance_decided_by_id_d30282ac_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_acceptanceitem
    ADD CONSTRAINT programme_acceptance_made_by_id_9871eada_fk_people_ac FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_acceptance
    ADD CONSTRAINT programme_acceptance_project_id_1648daa0_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_acceptanceitem
    ADD CONSTRAINT programme_acceptance_project_id_1b148290_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_acceptancerun
    ADD CONSTRAINT programme_acceptance_project_id_cfdadc10_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_acceptance
    ADD CONSTRAINT programme_acceptance_run_id_58d3170e_fk_programme FOREIGN KEY (run_id) REFERENCES public.programme_acceptancerun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_acceptance
    ADD CONSTRAINT programme_acceptance_test_by_id_76c79308_fk_programme FOREIGN KEY (test_by_id) REFERENCES public.programme_participation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_acceptancerun
    ADD CONSTRAINT programme_acceptancerun_by_id_377f8c0c_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_agendaitem
    ADD CONSTRAINT programme_agendaitem_decided_by_id_e0a468e5_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_agendaitem
    ADD CONSTRAINT programme_agendaitem_decision_id_215cd509_fk_programme FOREIGN KEY (decision_id) REFERENCES public.programme_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_agendaitem
    ADD CONSTRAINT programme_agendaitem_made_by_id_6b056075_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_agendaitem
    ADD CONSTRAINT programme_agendaitem_meeting_id_d79e223d_fk_programme FOREIGN KEY (meeting_id) REFERENCES public.programme_meeting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_agendaitem
    ADD CONSTRAINT programme_agendaitem_task_id_0dc2d18c_fk_programme_plantask_id FOREIGN KEY (task_id) REFERENCES public.programme_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_agendaitem
    ADD CONSTRAINT programme_agendaitem_unit_id_aeda495a_fk_people_organisation_id FOREIGN KEY (unit_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_answercheck
    ADD CONSTRAINT programme_answerchec_answered_by_id_8974fba3_fk_people_ac FOREIGN KEY (answered_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_answercheck
    ADD CONSTRAINT programme_answerchec_checked_by_id_567f8228_fk_people_ac FOREIGN KEY (checked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_answercheck
    ADD CONSTRAINT programme_answercheck_case_id_51ef019f_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_appraisal
    ADD CONSTRAINT programme_appraisal_objection_id_e51103b5_fk_cases_case_id FOREIGN KEY (objection_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_appraisal
    ADD CONSTRAINT programme_appraisal_unit_id_11ce09ff_fk_people_organisation_id FOREIGN KEY (unit_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_appraisal
    ADD CONSTRAINT programme_appraisal_year_id_5df93278_fk_programme FOREIGN KEY (year_id) REFERENCES public.programme_appraisalyear(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_appraisalyear
    ADD CONSTRAINT programme_appraisaly_final_by_id_da097602_fk_people_ac FOREIGN KEY (final_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_appraisalyear
    ADD CONSTRAINT programme_appraisaly_published_by_id_3900310d_fk_people_ac FOREIGN KEY (published_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_article
    ADD CONSTRAINT programme_article_approved_by_id_30ecd1ce_fk_people_account_id FOREIGN KEY (approved_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_article
    ADD CONSTRAINT programme_article_made_by_id_a3eb6007_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_article
    ADD CONSTRAINT programme_article_picture_id_e61ab489_fk_files_storedfile_id FOREIGN KEY (picture_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_articleday
    ADD CONSTRAINT programme_articleday_article_id_24212ab6_fk_programme FOREIGN KEY (article_id) REFERENCES public.programme_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_assetfiling
    ADD CONSTRAINT programme_assetfilin_asset_id_15ba308d_fk_programme FOREIGN KEY (asset_id) REFERENCES public.programme_securityasset(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_assetfiling
    ADD CONSTRAINT programme_assetfilin_confirmed_by_id_c06f13b1_fk_people_ac FOREIGN KEY (confirmed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_assetfiling
    ADD CONSTRAINT programme_assetfiling_file_id_6f07b56a_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_assetfiling
    ADD CONSTRAINT programme_assetfiling_made_by_id_0041f1bf_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_attendance
    ADD CONSTRAINT programme_attendance_meeting_id_1d32b934_fk_programme FOREIGN KEY (meeting_id) REFERENCES public.programme_meeting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_attendance
    ADD CONSTRAINT programme_attendance_unit_id_0e0d0507_fk_people_organisation_id FOREIGN KEY (unit_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_bid
    ADD CONSTRAINT programme_bid_firm_id_c480fcca_fk_programme_firm_id FOREIGN KEY (firm_id) REFERENCES public.programme_firm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_bid
    ADD CONSTRAINT programme_bid_made_by_id_57ad02f2_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_bid
    ADD CONSTRAINT programme_bid_procurement_id_e20d6bba_fk_programme FOREIGN KEY (procurement_id) REFERENCES public.programme_procurement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_bidobjection
    ADD CONSTRAINT programme_bidobjecti_procurement_id_394694b0_fk_programme FOREIGN KEY (procurement_id) REFERENCES public.programme_procurement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_bidobjection
    ADD CONSTRAINT programme_bidobjection_case_id_c38d786e_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_bidobjection
    ADD CONSTRAINT programme_bidobjection_firm_id_5a41bb63_fk_programme_firm_id FOREIGN KEY (firm_id) REFERENCES public.programme_firm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_briefing
    ADD CONSTRAINT programme_briefing_document_id_bd044a6f_fk_files_storedfile_id FOREIGN KEY (document_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_briefing
    ADD CONSTRAINT programme_briefing_made_by_id_cf478bc5_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_briefing
    ADD CONSTRAINT programme_briefing_slides_id_35ea6f03_fk_files_storedfile_id FOREIGN KEY (slides_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_budgetchange
    ADD CONSTRAINT programme_budgetchan_asked_by_id_bd540a8e_fk_people_ac FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_budgetchange
    ADD CONSTRAINT programme_budgetchan_decided_by_id_8ab10c51_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_budgetchange
    ADD CONSTRAINT programme_budgetchan_line_id_c3edb899_fk_programme FOREIGN KEY (line_id) REFERENCES public.programme_budgetline(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_asked_by_id_65020a33_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_carried_from_id_86200c75_fk_programme FOREIGN KEY (carried_from_id) REFERENCES public.programme_budgetline(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_decided_by_id_f96b28a6_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_project_id_f27df6fe_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_unit_id_b0fea544_fk_people_organisation_id FOREIGN KEY (unit_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_budgetline
    ADD CONSTRAINT programme_budgetline_year_id_76f94f9f_fk_programme_fundyear_id FOREIGN KEY (year_id) REFERENCES public.programme_fundyear(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_certificate
    ADD CONSTRAINT programme_certificat_revoked_by_id_9ea818ce_fk_people_ac FOREIGN KEY (revoked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_certificate
    ADD CONSTRAINT programme_certificat_sitting_id_a12b2299_fk_programme FOREIGN KEY (sitting_id) REFERENCES public.programme_sitting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_certificate
    ADD CONSTRAINT programme_certificate_account_id_a3e41099_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_commitment
    ADD CONSTRAINT programme_commitment_contract_id_41ac467f_fk_programme FOREIGN KEY (contract_id) REFERENCES public.programme_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_commitment
    ADD CONSTRAINT programme_commitment_line_id_22087b32_fk_programme FOREIGN KEY (line_id) REFERENCES public.programme_budgetline(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_commitment
    ADD CONSTRAINT programme_commitment_subsidy_id_778f0167_fk_programme FOREIGN KEY (subsidy_id) REFERENCES public.programme_subsidy(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_contract
    ADD CONSTRAINT programme_contract_asked_by_id_145adf41_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_contract
    ADD CONSTRAINT programme_contract_decided_by_id_25383a9f_fk_people_account_id FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_contract
    ADD CONSTRAINT programme_contract_firm_id_161d71a7_fk_programme_firm_id FOREIGN KEY (firm_id) REFERENCES public.programme_firm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_contract
    ADD CONSTRAINT programme_contract_project_id_e2deb565_fk_programme_project_id FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_controlevidence
    ADD CONSTRAINT programme_controlevi_confirmed_by_id_64c7c1e8_fk_people_ac FOREIGN KEY (confirmed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_controlevidence
    ADD CONSTRAINT programme_controlevi_file_id_003f3890_fk_files_sto FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_controlevidence
    ADD CONSTRAINT programme_controlevi_made_by_id_20ed503b_fk_people_ac FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_controlfinding
    ADD CONSTRAINT programme_controlfin_run_id_93e8e52a_fk_programme FOREIGN KEY (run_id) REFERENCES public.programme_controlrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_controlrun
    ADD CONSTRAINT programme_controlrun_by_id_a1b8e684_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_course
    ADD CONSTRAINT programme_course_made_by_id_8ffb8858_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_course_units
    ADD CONSTRAINT programme_course_uni_course_id_b0bd8404_fk_programme FOREIGN KEY (course_id) REFERENCES public.programme_course(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_course_units
    ADD CONSTRAINT programme_course_uni_organisation_id_8fd2dc58_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_decision
    ADD CONSTRAINT programme_decision_case_id_780d3b70_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_decision
    ADD CONSTRAINT programme_decision_meeting_id_f423a62a_fk_programme_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.programme_meeting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_decision
    ADD CONSTRAINT programme_decision_owner_id_1b7ffc2f_fk_people_organisation_id FOREIGN KEY (owner_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_decision
    ADD CONSTRAINT programme_decision_task_id_0046fa41_fk_programme_plantask_id FOREIGN KEY (task_id) REFERENCES public.programme_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_deliverable
    ADD CONSTRAINT programme_deliverabl_checked_by_id_b54614bc_fk_people_ac FOREIGN KEY (checked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_deliverable
    ADD CONSTRAINT programme_deliverabl_handed_in_by_id_9d7b6a20_fk_people_ac FOREIGN KEY (handed_in_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_deliverable
    ADD CONSTRAINT programme_deliverabl_milestone_id_3f1a9ef1_fk_programme FOREIGN KEY (milestone_id) REFERENCES public.programme_milestone(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_deliverable
    ADD CONSTRAINT programme_deliverabl_unit_id_9865aafc_fk_people_or FOREIGN KEY (unit_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_deliverable
    ADD CONSTRAINT programme_deliverable_file_id_8b09b23a_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_draw
    ADD CONSTRAINT programme_draw_made_by_id_7428c679_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_draw
    ADD CONSTRAINT programme_draw_review_id_f442d52f_fk_programme_review_id FOREIGN KEY (review_id) REFERENCES public.programme_review(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_drawshare
    ADD CONSTRAINT programme_drawshare_draw_id_04dc2876_fk_programme_draw_id FOREIGN KEY (draw_id) REFERENCES public.programme_draw(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_drawshare
    ADD CONSTRAINT programme_drawshare_witness_id_cad6e5da_fk_people_account_id FOREIGN KEY (witness_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_drillfinding
    ADD CONSTRAINT programme_drillfindi_drill_id_99f1ff5d_fk_programme FOREIGN KEY (drill_id) REFERENCES public.programme_securitydrill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_drillfinding
    ADD CONSTRAINT programme_drillfindi_incident_id_d1a5dab0_fk_programme FOREIGN KEY (incident_id) REFERENCES public.programme_securityincident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_drillfinding
    ADD CONSTRAINT programme_drillfindi_owner_id_aa89715a_fk_people_or FOREIGN KEY (owner_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_drillfinding
    ADD CONSTRAINT programme_drillfinding_case_id_1d438b7c_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_effect
    ADD CONSTRAINT programme_effect_project_id_ec1ec224_fk_programme_project_id FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_effectreport
    ADD CONSTRAINT programme_effectrepo_confirmed_by_id_093b88e1_fk_people_ac FOREIGN KEY (confirmed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_effectreport
    ADD CONSTRAINT programme_effectrepo_project_id_897fe54b_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_effectreport
    ADD CONSTRAINT programme_effectreport_file_id_34941620_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_effectreport
    ADD CONSTRAINT programme_effectreport_firm_id_1d19fb30_fk_programme_firm_id FOREIGN KEY (firm_id) REFERENCES public.programme_firm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_effectreport
    ADD CONSTRAINT programme_effectreport_made_by_id_e79c5e7f_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_enrolment
    ADD CONSTRAINT programme_enrolment_account_id_6e2992a3_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_enrolment
    ADD CONSTRAINT programme_enrolment_course_id_76bcd0ef_fk_programme_course_id FOREIGN KEY (course_id) REFERENCES public.programme_course(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_exam
    ADD CONSTRAINT programme_exam_course_id_fb59753e_fk_programme_course_id FOREIGN KEY (course_id) REFERENCES public.programme_course(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_expert
    ADD CONSTRAINT programme_expert_account_id_7e66e1a6_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_firm_affiliates
    ADD CONSTRAINT programme_firm_affil_from_firm_id_88f13771_fk_programme FOREIGN KEY (from_firm_id) REFERENCES public.programme_firm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_firm_affiliates
    ADD CONSTRAINT programme_firm_affil_to_firm_id_30fbfbc1_fk_programme FOREIGN KEY (to_firm_id) REFERENCES public.programme_firm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_fundyear
    ADD CONSTRAINT programme_fundyear_close_asked_by_id_e4fab0f5_fk_people_ac FOREIGN KEY (close_asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_fundyear
    ADD CONSTRAINT programme_fundyear_closed_by_id_dfca284a_fk_people_account_id FOREIGN KEY (closed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_gatepassage
    ADD CONSTRAINT programme_gatepassag_decided_by_id_0d125914_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_gatepassage
    ADD CONSTRAINT programme_gatepassag_project_id_c1c6c2e7_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_gatepassage
    ADD CONSTRAINT programme_gatepassage_asked_by_id_f4526c50_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_guarantee
    ADD CONSTRAINT programme_guarantee_loan_id_f8b4264d_fk_programme_loan_id FOREIGN KEY (loan_id) REFERENCES public.programme_loan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_guarantee
    ADD CONSTRAINT programme_guarantee_made_by_id_18b8af36_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_indicatorentry
    ADD CONSTRAINT programme_indicatore_decided_by_id_a2d825d9_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_indicatorentry
    ADD CONSTRAINT programme_indicatore_entered_by_id_cd7b73d9_fk_people_ac FOREIGN KEY (entered_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_indicatorentry
    ADD CONSTRAINT programme_indicatore_file_id_b04adf12_fk_files_sto FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_invitation
    ADD CONSTRAINT programme_invitation_expert_id_cf40bce4_fk_programme_expert_id FOREIGN KEY (expert_id) REFERENCES public.programme_expert(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_invitation
    ADD CONSTRAINT programme_invitation_review_id_daadf017_fk_programme_review_id FOREIGN KEY (review_id) REFERENCES public.programme_review(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_invitation
    ADD CONSTRAINT programme_invitation_stands_for_id_1608af02_fk_programme FOREIGN KEY (stands_for_id) REFERENCES public.programme_invitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_ledgeraccount
    ADD CONSTRAINT programme_ledgeracco_commitment_id_f80780e1_fk_programme FOREIGN KEY (commitment_id) REFERENCES public.programme_commitment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_ledgeraccount
    ADD CONSTRAINT programme_ledgeracco_line_id_7de5c7e5_fk_programme FOREIGN KEY (line_id) REFERENCES public.programme_budgetline(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_ledgeraccount
    ADD CONSTRAINT programme_ledgeracco_payment_id_a06b405b_fk_programme FOREIGN KEY (payment_id) REFERENCES public.programme_payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_lesson
    ADD CONSTRAINT programme_lesson_course_id_005cf85e_fk_programme_course_id FOREIGN KEY (course_id) REFERENCES public.programme_course(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_lesson
    ADD CONSTRAINT programme_lesson_file_id_b21c62c8_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_lessonread
    ADD CONSTRAINT programme_lessonread_enrolment_id_a7fe91ab_fk_programme FOREIGN KEY (enrolment_id) REFERENCES public.programme_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_lessonread
    ADD CONSTRAINT programme_lessonread_lesson_id_5dc20665_fk_programme_lesson_id FOREIGN KEY (lesson_id) REFERENCES public.programme_lesson(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_loan
    ADD CONSTRAINT programme_loan_borrower_id_3540fe87_fk_programme_firm_id FOREIGN KEY (borrower_id) REFERENCES public.programme_firm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_loan
    ADD CONSTRAINT programme_loan_made_by_id_1bda47e5_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_loan
    ADD CONSTRAINT programme_loan_project_id_1bce658a_fk_programme_project_id FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_loanmovement
    ADD CONSTRAINT programme_loanmovement_loan_id_13e0d5e6_fk_programme_loan_id FOREIGN KEY (loan_id) REFERENCES public.programme_loan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_loanmovement
    ADD CONSTRAINT programme_loanmovement_made_by_id_f2dc1adf_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_maintenance
    ADD CONSTRAINT programme_maintenanc_agreed_by_id_7fe36319_fk_people_ac FOREIGN KEY (agreed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_maintenance
    ADD CONSTRAINT programme_maintenanc_contract_id_c5c42523_fk_programme FOREIGN KEY (contract_id) REFERENCES public.programme_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_maintenance
    ADD CONSTRAINT programme_maintenance_asked_by_id_4e10380c_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_manualresult
    ADD CONSTRAINT programme_manualresu_confirmed_by_id_c0b29ca8_fk_people_ac FOREIGN KEY (confirmed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_manualresult
    ADD CONSTRAINT programme_manualresu_item_id_baea50c2_fk_programme FOREIGN KEY (item_id) REFERENCES public.programme_acceptanceitem(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_manualresult
    ADD CONSTRAINT programme_manualresult_file_id_09662d5a_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_manualresult
    ADD CONSTRAINT programme_manualresult_made_by_id_e5760227_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_meeting
    ADD CONSTRAINT programme_meeting_made_by_id_d8726e70_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_milestone
    ADD CONSTRAINT programme_milestone_task_id_517a2585_fk_programme_plantask_id FOREIGN KEY (task_id) REFERENCES public.programme_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_milestonechange
    ADD CONSTRAINT programme_milestonec_asked_by_id_599a2cdc_fk_people_ac FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_milestonechange
    ADD CONSTRAINT programme_milestonec_decided_by_id_c0bf37e9_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_milestonechange
    ADD CONSTRAINT programme_milestonec_milestone_id_18a28418_fk_programme FOREIGN KEY (milestone_id) REFERENCES public.programme_milestone(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_milestonelink
    ADD CONSTRAINT programme_milestonel_after_id_7b7b4b0a_fk_programme FOREIGN KEY (after_id) REFERENCES public.programme_milestone(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_milestonelink
    ADD CONSTRAINT programme_milestonel_before_id_8284b67c_fk_programme FOREIGN KEY (before_id) REFERENCES public.programme_milestone(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_monthlyreport
    ADD CONSTRAINT programme_monthlyrep_decided_by_id_460de435_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_monthlyreport
    ADD CONSTRAINT programme_monthlyrep_reported_by_id_3e670bda_fk_people_ac FOREIGN KEY (reported_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_monthlyreport
    ADD CONSTRAINT programme_monthlyrep_task_id_39e3cafa_fk_programme FOREIGN KEY (task_id) REFERENCES public.programme_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_monthlyreport
    ADD CONSTRAINT programme_monthlyreport_case_id_c78818f3_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_opinion
    ADD CONSTRAINT programme_opinion_invitation_id_27084d03_fk_programme FOREIGN KEY (invitation_id) REFERENCES public.programme_invitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_opinion
    ADD CONSTRAINT programme_opinion_signed_by_id_bcceb2d3_fk_people_account_id FOREIGN KEY (signed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_participation
    ADD CONSTRAINT programme_participat_made_by_id_5693e3b2_fk_people_ac FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_participation
    ADD CONSTRAINT programme_participat_procurement_id_43ac023f_fk_programme FOREIGN KEY (procurement_id) REFERENCES public.programme_procurement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_participation
    ADD CONSTRAINT programme_participat_project_id_f3d04d08_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_participation
    ADD CONSTRAINT programme_participation_firm_id_7edefed8_fk_programme_firm_id FOREIGN KEY (firm_id) REFERENCES public.programme_firm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_payment
    ADD CONSTRAINT programme_payment_asked_by_id_7f643e22_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_payment
    ADD CONSTRAINT programme_payment_commitment_id_faf6b5b6_fk_programme FOREIGN KEY (commitment_id) REFERENCES public.programme_commitment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_payment
    ADD CONSTRAINT programme_payment_decided_by_id_5abf0404_fk_people_account_id FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_payment
    ADD CONSTRAINT programme_payment_paid_by_id_7714bcdf_fk_people_account_id FOREIGN KEY (paid_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_payment
    ADD CONSTRAINT programme_payment_returned_by_id_bd3eb45d_fk_people_account_id FOREIGN KEY (returned_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_payment
    ADD CONSTRAINT programme_payment_run_id_2ded1394_fk_programme_acceptancerun_id FOREIGN KEY (run_id) REFERENCES public.programme_acceptancerun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_payment
    ADD CONSTRAINT programme_payment_term_id_75d3d741_fk_programme_paymentterm_id FOREIGN KEY (term_id) REFERENCES public.programme_paymentterm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_paymentterm
    ADD CONSTRAINT programme_paymentter_contract_id_699ff336_fk_programme FOREIGN KEY (contract_id) REFERENCES public.programme_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_paymentterm
    ADD CONSTRAINT programme_paymentter_milestone_id_a7142a12_fk_programme FOREIGN KEY (milestone_id) REFERENCES public.programme_milestone(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_plantask_helpers
    ADD CONSTRAINT programme_plantask_h_organisation_id_21c18a16_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_plantask_helpers
    ADD CONSTRAINT programme_plantask_h_plantask_id_90d71f81_fk_programme FOREIGN KEY (plantask_id) REFERENCES public.programme_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_plantask
    ADD CONSTRAINT programme_plantask_lead_id_558a11eb_fk_people_organisation_id FOREIGN KEY (lead_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_posting
    ADD CONSTRAINT programme_posting_account_id_53b4c6e1_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_posting
    ADD CONSTRAINT programme_posting_reverses_id_a5188002_fk_programme_posting_id FOREIGN KEY (reverses_id) REFERENCES public.programme_posting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_postingline
    ADD CONSTRAINT programme_postinglin_account_id_75f8e97d_fk_programme FOREIGN KEY (account_id) REFERENCES public.programme_ledgeraccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_postingline
    ADD CONSTRAINT programme_postinglin_posting_id_2b45f199_fk_programme FOREIGN KEY (posting_id) REFERENCES public.programme_posting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_processingactivity
    ADD CONSTRAINT programme_processing_assessment_id_dff50d79_fk_files_sto FOREIGN KEY (assessment_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_processingactivity
    ADD CONSTRAINT programme_processing_confirmed_by_id_1b5c816c_fk_people_ac FOREIGN KEY (confirmed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_processingactivity
    ADD CONSTRAINT programme_processing_holder_id_7387dbb7_fk_people_or FOREIGN KEY (holder_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_processingactivity
    ADD CONSTRAINT programme_processing_made_by_id_ba12f1b4_fk_people_ac FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_procurement
    ADD CONSTRAINT programme_procuremen_approved_by_id_73548b9b_fk_people_ac FOREIGN KEY (approved_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_procurement
    ADD CONSTRAINT programme_procuremen_project_id_f70d3389_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_procurement
    ADD CONSTRAINT programme_procurement_asked_by_id_780d7576_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_procurement
    ADD CONSTRAINT programme_procurement_winner_id_7ad60408_fk_programme_firm_id FOREIGN KEY (winner_id) REFERENCES public.programme_firm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_project
    ADD CONSTRAINT programme_project_made_by_id_af771027_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_project
    ADD CONSTRAINT programme_project_owner_id_add176ab_fk_people_organisation_id FOREIGN KEY (owner_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_project_tasks
    ADD CONSTRAINT programme_project_ta_plantask_id_eab137a1_fk_programme FOREIGN KEY (plantask_id) REFERENCES public.programme_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_project_tasks
    ADD CONSTRAINT programme_project_ta_project_id_ba66be0c_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_projectchange
    ADD CONSTRAINT programme_projectcha_asked_by_id_ac936a73_fk_people_ac FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_projectchange
    ADD CONSTRAINT programme_projectcha_decided_by_id_0a9cb1e8_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_projectchange
    ADD CONSTRAINT programme_projectcha_project_id_91214da6_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_projectchange
    ADD CONSTRAINT programme_projectcha_review_id_23765198_fk_programme FOREIGN KEY (review_id) REFERENCES public.programme_review(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_projectpaper
    ADD CONSTRAINT programme_projectpap_confirmed_by_id_a3f104a9_fk_people_ac FOREIGN KEY (confirmed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_projectpaper
    ADD CONSTRAINT programme_projectpap_project_id_ce823d14_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_projectpaper
    ADD CONSTRAINT programme_projectpaper_file_id_25dda5e7_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_projectpaper
    ADD CONSTRAINT programme_projectpaper_made_by_id_c1fb8fcb_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_publicevent
    ADD CONSTRAINT programme_publiceven_approved_by_id_31e24aba_fk_people_ac FOREIGN KEY (approved_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_publicevent
    ADD CONSTRAINT programme_publicevent_made_by_id_9aefd4c5_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_publicityplan
    ADD CONSTRAINT programme_publicityp_approved_by_id_b47c12e9_fk_people_ac FOREIGN KEY (approved_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_publicityplan
    ADD CONSTRAINT programme_publicityp_made_by_id_078accd3_fk_people_ac FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_publicitystep
    ADD CONSTRAINT programme_publicitys_article_id_6d3a8992_fk_programme FOREIGN KEY (article_id) REFERENCES public.programme_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_publicitystep
    ADD CONSTRAINT programme_publicitys_event_id_3097916a_fk_programme FOREIGN KEY (event_id) REFERENCES public.programme_publicevent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_publicitystep
    ADD CONSTRAINT programme_publicitys_plan_id_1cdeca04_fk_programme FOREIGN KEY (plan_id) REFERENCES public.programme_publicityplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_publicitystep
    ADD CONSTRAINT programme_publicitys_unit_id_dc7832b6_fk_people_or FOREIGN KEY (unit_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_question
    ADD CONSTRAINT programme_question_checked_by_id_9f735c61_fk_people_account_id FOREIGN KEY (checked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_question
    ADD CONSTRAINT programme_question_made_by_id_90e560da_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_receipt
    ADD CONSTRAINT programme_receipt_asked_by_id_b1e70390_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_receipt
    ADD CONSTRAINT programme_receipt_decided_by_id_e7ff0d83_fk_people_account_id FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_recomputation
    ADD CONSTRAINT programme_recomputation_by_id_c3e87271_fk_people_account_id FOREIGN KEY (by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_review
    ADD CONSTRAINT programme_review_made_by_id_a8104930_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_review
    ADD CONSTRAINT programme_review_project_id_29df5499_fk_programme_project_id FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securityasset
    ADD CONSTRAINT programme_securityas_made_by_id_b1a20f66_fk_people_ac FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securityasset
    ADD CONSTRAINT programme_securityas_owner_id_76c6ca48_fk_people_or FOREIGN KEY (owner_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securityasset
    ADD CONSTRAINT programme_securityas_part_of_id_288a4c74_fk_programme FOREIGN KEY (part_of_id) REFERENCES public.programme_securityasset(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securitydrill
    ADD CONSTRAINT programme_securitydr_approved_by_id_f03cc786_fk_people_ac FOREIGN KEY (approved_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securitydrill
    ADD CONSTRAINT programme_securitydr_incident_id_be21c95c_fk_programme FOREIGN KEY (incident_id) REFERENCES public.programme_securityincident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securitydrill
    ADD CONSTRAINT programme_securitydr_made_by_id_d6b49f72_fk_people_ac FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securitydrill_units
    ADD CONSTRAINT programme_securitydr_organisation_id_82aa65bb_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securitydrill_units
    ADD CONSTRAINT programme_securitydr_securitydrill_id_121ea19e_fk_programme FOREIGN KEY (securitydrill_id) REFERENCES public.programme_securitydrill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securitydrill
    ADD CONSTRAINT programme_securitydrill_plan_id_6eb827cd_fk_files_storedfile_id FOREIGN KEY (plan_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securityincident
    ADD CONSTRAINT programme_securityin_asset_id_c9ec2104_fk_programme FOREIGN KEY (asset_id) REFERENCES public.programme_securityasset(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securityincident
    ADD CONSTRAINT programme_securityin_found_by_id_93c67fea_fk_people_ac FOREIGN KEY (found_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securityincident
    ADD CONSTRAINT programme_securityincident_case_id_dc632381_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securityrisk
    ADD CONSTRAINT programme_securityri_accepted_by_id_85b3e585_fk_people_ac FOREIGN KEY (accepted_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securityrisk
    ADD CONSTRAINT programme_securityri_asset_id_0a8e6aae_fk_programme FOREIGN KEY (asset_id) REFERENCES public.programme_securityasset(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securityrisk
    ADD CONSTRAINT programme_securityri_judged_by_id_e08c10fe_fk_people_ac FOREIGN KEY (judged_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_securityrisk
    ADD CONSTRAINT programme_securityrisk_correction_id_47743eda_fk_cases_case_id FOREIGN KEY (correction_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_serviceterms
    ADD CONSTRAINT programme_serviceter_agreed_by_id_d6e3f8db_fk_people_ac FOREIGN KEY (agreed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_serviceterms
    ADD CONSTRAINT programme_serviceter_asked_by_id_d1d8cc9a_fk_people_ac FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_serviceterms
    ADD CONSTRAINT programme_serviceter_contract_id_474de29e_fk_programme FOREIGN KEY (contract_id) REFERENCES public.programme_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_sitting
    ADD CONSTRAINT programme_sitting_account_id_28525c61_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_sitting
    ADD CONSTRAINT programme_sitting_exam_id_2e0ea453_fk_programme_exam_id FOREIGN KEY (exam_id) REFERENCES public.programme_exam(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_snapshot
    ADD CONSTRAINT programme_snapshot_taken_by_id_5768ce8e_fk_people_account_id FOREIGN KEY (taken_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_staffnotice
    ADD CONSTRAINT programme_staffnotic_organisation_id_e5c2bc19_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_staffnotice
    ADD CONSTRAINT programme_staffnotice_account_id_98164807_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_staffnotice
    ADD CONSTRAINT programme_staffnotice_case_id_92856478_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_staffnotice
    ADD CONSTRAINT programme_staffnotice_given_by_id_3a482c1d_fk_people_account_id FOREIGN KEY (given_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_statement
    ADD CONSTRAINT programme_statement_accepted_by_id_40d50302_fk_people_ac FOREIGN KEY (accepted_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_statement
    ADD CONSTRAINT programme_statement_approved_by_id_a39ea5ec_fk_people_ac FOREIGN KEY (approved_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_statement
    ADD CONSTRAINT programme_statement_contract_id_b2f1adc0_fk_programme FOREIGN KEY (contract_id) REFERENCES public.programme_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_statement
    ADD CONSTRAINT programme_statement_terms_id_85ebb358_fk_programme FOREIGN KEY (terms_id) REFERENCES public.programme_serviceterms(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_statementdispute
    ADD CONSTRAINT programme_statementd_made_by_id_ba2aefc4_fk_people_ac FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_statementdispute
    ADD CONSTRAINT programme_statementd_statement_id_1ad15338_fk_programme FOREIGN KEY (statement_id) REFERENCES public.programme_statement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_statementdispute
    ADD CONSTRAINT programme_statementdispute_case_id_0404f21a_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_subsidy
    ADD CONSTRAINT programme_subsidy_asked_by_id_f1bc393c_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_subsidy
    ADD CONSTRAINT programme_subsidy_decided_by_id_47d23116_fk_people_account_id FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_subsidy
    ADD CONSTRAINT programme_subsidy_firm_id_aedc9b3c_fk_programme_firm_id FOREIGN KEY (firm_id) REFERENCES public.programme_firm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_subsidy
    ADD CONSTRAINT programme_subsidy_loan_id_acb766c9_fk_programme_loan_id FOREIGN KEY (loan_id) REFERENCES public.programme_loan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_subsidy
    ADD CONSTRAINT programme_subsidy_project_id_96eade07_fk_programme_project_id FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supervisionreport
    ADD CONSTRAINT programme_supervisio_accepted_by_id_eab48b1e_fk_people_ac FOREIGN KEY (accepted_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supervisionletter
    ADD CONSTRAINT programme_supervisio_decision_id_4fd378e2_fk_programme FOREIGN KEY (decision_id) REFERENCES public.programme_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supervisionreport
    ADD CONSTRAINT programme_supervisio_file_id_6e862bf4_fk_files_sto FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supervisionletter
    ADD CONSTRAINT programme_supervisio_issued_by_id_fb7fa24a_fk_people_ac FOREIGN KEY (issued_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supervisionreport
    ADD CONSTRAINT programme_supervisio_made_by_id_e7e7c944_fk_people_ac FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supervisionreport
    ADD CONSTRAINT programme_supervisio_project_id_810b5689_fk_programme FOREIGN KEY (project_id) REFERENCES public.programme_project(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supervisionletter
    ADD CONSTRAINT programme_supervisio_report_id_ebf83546_fk_programme FOREIGN KEY (report_id) REFERENCES public.programme_monthlyreport(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supervisionletter
    ADD CONSTRAINT programme_supervisio_task_id_d9ef5896_fk_programme FOREIGN KEY (task_id) REFERENCES public.programme_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supervisionletter
    ADD CONSTRAINT programme_supervisio_unit_id_eb6b2596_fk_people_or FOREIGN KEY (unit_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supervisionletter
    ADD CONSTRAINT programme_supervisionletter_case_id_168d9002_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supplieraccess
    ADD CONSTRAINT programme_supplierac_account_id_4a712775_fk_people_ac FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supplieraccess
    ADD CONSTRAINT programme_supplierac_asked_by_id_365788c0_fk_people_ac FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supplieraccess
    ADD CONSTRAINT programme_supplierac_contract_id_7edb4978_fk_programme FOREIGN KEY (contract_id) REFERENCES public.programme_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supplieraccess
    ADD CONSTRAINT programme_supplierac_decided_by_id_edc85544_fk_people_ac FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supplieraccess
    ADD CONSTRAINT programme_supplierac_ended_by_id_ed734c01_fk_people_ac FOREIGN KEY (ended_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_supplieraccess
    ADD CONSTRAINT programme_supplierac_organisation_id_88edcd0d_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_talent
    ADD CONSTRAINT programme_talent_account_id_24f9e0b8_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_talent
    ADD CONSTRAINT programme_talent_made_by_id_c1126d39_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_taskday
    ADD CONSTRAINT programme_taskday_task_id_14e59749_fk_programme_plantask_id FOREIGN KEY (task_id) REFERENCES public.programme_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_taskrisk
    ADD CONSTRAINT programme_taskrisk_closed_by_id_b97487fd_fk_people_account_id FOREIGN KEY (closed_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_taskrisk
    ADD CONSTRAINT programme_taskrisk_opened_by_id_8a579a6f_fk_people_account_id FOREIGN KEY (opened_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_taskrisk
    ADD CONSTRAINT programme_taskrisk_owner_id_a4c59b81_fk_people_organisation_id FOREIGN KEY (owner_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_taskrisk
    ADD CONSTRAINT programme_taskrisk_task_id_0ff6a010_fk_programme_plantask_id FOREIGN KEY (task_id) REFERENCES public.programme_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programme_todayvisit
    ADD CONSTRAINT programme_todayvisit_account_id_7ee31e09_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_assignment
    ADD CONSTRAINT transit_assignment_bus_id_bb22f085_fk_transit_bus_id FOREIGN KEY (bus_id) REFERENCES public.transit_bus(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_bulletin
    ADD CONSTRAINT transit_bulletin_approved_by_id_41e0a4c6_fk_people_account_id FOREIGN KEY (approved_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_bulletin
    ADD CONSTRAINT transit_bulletin_made_by_id_7a59e130_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_bulletin
    ADD CONSTRAINT transit_bulletin_picture_id_414ff0a2_fk_files_storedfile_id FOREIGN KEY (picture_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_bus
    ADD CONSTRAINT transit_bus_device_id_0944f4d8_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_bus
    ADD CONSTRAINT transit_bus_operator_id_a01438c8_fk_people_organisation_id FOREIGN KEY (operator_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_change
    ADD CONSTRAINT transit_change_amended_by_id_9f8e0aa8_fk_people_account_id FOREIGN KEY (amended_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_change
    ADD CONSTRAINT transit_change_ended_by_id_b342e197_fk_people_account_id FOREIGN KEY (ended_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_change
    ADD CONSTRAINT transit_change_made_by_id_396e9b80_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_change
    ADD CONSTRAINT transit_change_published_by_id_9068baec_fk_people_account_id FOREIGN KEY (published_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_draft
    ADD CONSTRAINT transit_draft_base_id_a734336b_fk_transit_edition_id FOREIGN KEY (base_id) REFERENCES public.transit_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_draft
    ADD CONSTRAINT transit_draft_made_by_id_8ddd5fb4_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_draftline
    ADD CONSTRAINT transit_draftline_draft_id_6893f27a_fk_transit_draft_id FOREIGN KEY (draft_id) REFERENCES public.transit_draft(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_draftpattern
    ADD CONSTRAINT transit_draftpattern_draft_id_40da229e_fk_transit_draft_id FOREIGN KEY (draft_id) REFERENCES public.transit_draft(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_draftpattern
    ADD CONSTRAINT transit_draftpattern_line_id_4cd46dc7_fk_transit_draftline_id FOREIGN KEY (line_id) REFERENCES public.transit_draftline(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_draftprofile
    ADD CONSTRAINT transit_draftprofile_pattern_id_ceccdc2c_fk_transit_d FOREIGN KEY (pattern_id) REFERENCES public.transit_draftpattern(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_draftservice
    ADD CONSTRAINT transit_draftservice_draft_id_95551401_fk_transit_draft_id FOREIGN KEY (draft_id) REFERENCES public.transit_draft(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_draftstop
    ADD CONSTRAINT transit_draftstop_draft_id_95420c23_fk_transit_draft_id FOREIGN KEY (draft_id) REFERENCES public.transit_draft(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_drafttrip
    ADD CONSTRAINT transit_drafttrip_draft_id_c3d3c6e7_fk_transit_draft_id FOREIGN KEY (draft_id) REFERENCES public.transit_draft(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_drafttrip
    ADD CONSTRAINT transit_drafttrip_pattern_id_b4fb3c23_fk_transit_d FOREIGN KEY (pattern_id) REFERENCES public.transit_draftpattern(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_drafttrip
    ADD CONSTRAINT transit_drafttrip_profile_id_8a0c731f_fk_transit_d FOREIGN KEY (profile_id) REFERENCES public.transit_draftprofile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_drafttrip
    ADD CONSTRAINT transit_drafttrip_service_id_ceb7832d_fk_transit_d FOREIGN KEY (service_id) REFERENCES public.transit_draftservice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_edition
    ADD CONSTRAINT transit_edition_made_by_id_6deccc2a_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_edition
    ADD CONSTRAINT transit_edition_published_by_id_d0501362_fk_people_account_id FOREIGN KEY (published_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_edition
    ADD CONSTRAINT transit_edition_withdrawn_by_id_a8169b3d_fk_people_account_id FOREIGN KEY (withdrawn_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_feedpoll
    ADD CONSTRAINT transit_feedpoll_feed_id_cb984654_fk_transit_outsidefeed_id FOREIGN KEY (feed_id) REFERENCES public.transit_outsidefeed(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_feedupload
    ADD CONSTRAINT transit_feedupload_draft_id_9fb0d822_fk_transit_draft_id FOREIGN KEY (draft_id) REFERENCES public.transit_draft(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_feedupload
    ADD CONSTRAINT transit_feedupload_edition_id_ae21f2d9_fk_transit_edition_id FOREIGN KEY (edition_id) REFERENCES public.transit_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_feedupload
    ADD CONSTRAINT transit_feedupload_made_by_id_128acdfa_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_forecast
    ADD CONSTRAINT transit_forecast_run_id_78d56d0c_fk_transit_run_id FOREIGN KEY (run_id) REFERENCES public.transit_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_ledgeraccount
    ADD CONSTRAINT transit_ledgeraccount_card_id_8b2a83f5_fk_transit_card_id FOREIGN KEY (card_id) REFERENCES public.transit_card(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_order
    ADD CONSTRAINT transit_order_bus_id_6ac49736_fk_transit_bus_id FOREIGN KEY (bus_id) REFERENCES public.transit_bus(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_order
    ADD CONSTRAINT transit_order_change_id_1abc24c7_fk_transit_change_id FOREIGN KEY (change_id) REFERENCES public.transit_change(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_order
    ADD CONSTRAINT transit_order_command_id_8719fd1c_fk_devices_devicecommand_id FOREIGN KEY (command_id) REFERENCES public.devices_devicecommand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_order
    ADD CONSTRAINT transit_order_made_by_id_d73ebfa7_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_outsidefeed
    ADD CONSTRAINT transit_outsidefeed_made_by_id_b6ab20be_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_outsidefeed
    ADD CONSTRAINT transit_outsidefeed_owner_id_5da640eb_fk_people_organisation_id FOREIGN KEY (owner_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_payment
    ADD CONSTRAINT transit_payment_top_up_id_73e636a6_fk_transit_topup_id FOREIGN KEY (top_up_id) REFERENCES public.transit_topup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_playlist
    ADD CONSTRAINT transit_playlist_approved_by_id_f4728ee3_fk_people_account_id FOREIGN KEY (approved_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_playlist
    ADD CONSTRAINT transit_playlist_made_by_id_92b3e8d9_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_playlistitem
    ADD CONSTRAINT transit_playlistitem_bulletin_id_68bf24b1_fk_transit_b FOREIGN KEY (bulletin_id) REFERENCES public.transit_bulletin(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_playlistitem
    ADD CONSTRAINT transit_playlistitem_file_id_19af320d_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_playlistitem
    ADD CONSTRAINT transit_playlistitem_playlist_id_c4e85274_fk_transit_p FOREIGN KEY (playlist_id) REFERENCES public.transit_playlist(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_postingline
    ADD CONSTRAINT transit_postingline_account_id_4e74dcf1_fk_transit_l FOREIGN KEY (account_id) REFERENCES public.transit_ledgeraccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_postingline
    ADD CONSTRAINT transit_postingline_posting_id_cb912bcb_fk_transit_posting_id FOREIGN KEY (posting_id) REFERENCES public.transit_posting(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_refund
    ADD CONSTRAINT transit_refund_asked_by_id_119f8f9b_fk_people_account_id FOREIGN KEY (asked_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_refund
    ADD CONSTRAINT transit_refund_decided_by_id_a6df3cef_fk_people_account_id FOREIGN KEY (decided_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_refund
    ADD CONSTRAINT transit_refund_payment_id_eacd8684_fk_transit_payment_id FOREIGN KEY (payment_id) REFERENCES public.transit_payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_run
    ADD CONSTRAINT transit_run_bus_id_8eb915f7_fk_transit_bus_id FOREIGN KEY (bus_id) REFERENCES public.transit_bus(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_run
    ADD CONSTRAINT transit_run_edition_id_147ea8fc_fk_transit_edition_id FOREIGN KEY (edition_id) REFERENCES public.transit_edition(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_shop
    ADD CONSTRAINT transit_shop_approved_by_id_ef5739c3_fk_people_account_id FOREIGN KEY (approved_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_shop
    ADD CONSTRAINT transit_shop_made_by_id_749ca370_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_shop
    ADD CONSTRAINT transit_shop_picture_id_105fc4f8_fk_files_storedfile_id FOREIGN KEY (picture_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_showing
    ADD CONSTRAINT transit_showing_item_id_bea4a46d_fk_transit_playlistitem_id FOREIGN KEY (item_id) REFERENCES public.transit_playlistitem(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_showing
    ADD CONSTRAINT transit_showing_screen_id_822a0cb2_fk_transit_screen_id FOREIGN KEY (screen_id) REFERENCES public.transit_screen(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_terminalmedia
    ADD CONSTRAINT transit_terminalmedia_bus_id_08f104d0_fk_transit_bus_id FOREIGN KEY (bus_id) REFERENCES public.transit_bus(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_terminalmedia
    ADD CONSTRAINT transit_terminalmedia_device_id_d48975f6_fk_devices_device_id FOREIGN KEY (device_id) REFERENCES public.devices_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_terminalmedia
    ADD CONSTRAINT transit_terminalmedia_file_id_ed4e8c69_fk_files_storedfile_id FOREIGN KEY (file_id) REFERENCES public.files_storedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_topup
    ADD CONSTRAINT transit_topup_card_id_9bc8fff4_fk_transit_card_id FOREIGN KEY (card_id) REFERENCES public.transit_card(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transit_weather
    ADD CONSTRAINT transit_weather_made_by_id_988eae1f_fk_people_account_id FOREIGN KEY (made_by_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ui_savedview
    ADD CONSTRAINT ui_savedview_account_id_a24ddf48_fk_people_account_id FOREIGN KEY (account_id) REFERENCES public.people_account(id) DEFERRABLE INITIALLY DEFERRED;

CREATE POLICY accepted ON public.governance_carerecord FOR UPDATE USING ((EXISTS ( SELECT 1
   FROM public.governance_caretransfer offer
  WHERE ((offer.record_id = governance_carerecord.id) AND ((offer.state)::text = 'asked'::text) AND (((offer.kind)::text, offer.to_organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))))))) WITH CHECK ((((kind)::text, organisation_id) IN ( SELECT reach.kind,
    reach.organisation_id
   FROM public.governance_care_reach() reach(role, kind, organisation_id)
  WHERE (reach.role = 'governance.care_lead'::text))));

CREATE POLICY concerned ON public.governance_caretransfer USING (((((kind)::text, from_organisation_id) IN ( SELECT reach.kind,
    reach.organisation_id
   FROM public.governance_care_reach() reach(role, kind, organisation_id)
  WHERE (reach.role = 'governance.care_lead'::text))) OR (((kind)::text, to_organisation_id) IN ( SELECT reach.kind,
    reach.organisation_id
   FROM public.governance_care_reach() reach(role, kind, organisation_id)
  WHERE (reach.role = 'governance.care_lead'::text)))));

CREATE POLICY decided ON public.governance_careunlock FOR UPDATE USING (((EXISTS ( SELECT 1
   FROM public.governance_carerecord record
  WHERE ((record.id = governance_careunlock.record_id) AND (((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text)))))) OR ((requested_by_id = public.governance_care_account()) AND (EXISTS ( SELECT 1
   FROM public.governance_carerecord record
  WHERE ((record.id = governance_careunlock.record_id) AND ((((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))) OR ((record.carer_id = public.governance_care_account()) AND ((record.state)::text = 'open'::text) AND (((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.carer'::text)))))))))));

CREATE POLICY expiry ON public.governance_careappeal USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY expiry ON public.governance_carecontent USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY expiry ON public.governance_carehelp USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY expiry ON public.governance_careplan USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY expiry ON public.governance_carerecord USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY expiry ON public.governance_caretransfer USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY expiry ON public.governance_careunlock USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY expiry ON public.governance_carevisit USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY expiry ON public.governance_dispute USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY expiry ON public.governance_disputeparty USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY expiry ON public.governance_disputestep USING ((public.governance_care_work() = 'expiry'::text));

CREATE POLICY figures ON public.governance_carerecord FOR SELECT USING ((public.governance_care_work() = 'figures'::text));

CREATE POLICY figures ON public.governance_dispute FOR SELECT USING ((public.governance_care_work() = 'figures'::text));

ALTER TABLE public.governance_careappeal ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.governance_carecontent ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.governance_carehelp ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.governance_careplan ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.governance_carerecord ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.governance_caretransfer ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.governance_careunlock ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.governance_carevisit ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.governance_dispute ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.governance_disputeparty ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.governance_disputestep ENABLE ROW LEVEL SECURITY;

CREATE POLICY held ON public.governance_carerecord USING (((((kind)::text, organisation_id) IN ( SELECT reach.kind,
    reach.organisation_id
   FROM public.governance_care_reach() reach(role, kind, organisation_id)
  WHERE (reach.role = 'governance.care_lead'::text))) OR ((carer_id = public.governance_care_account()) AND ((state)::text = 'open'::text) AND (((kind)::text, organisation_id) IN ( SELECT reach.kind,
    reach.organisation_id
   FROM public.governance_care_reach() reach(role, kind, organisation_id)
  WHERE (reach.role = 'governance.carer'::text))))));

CREATE POLICY held ON public.governance_dispute USING (((('dispute'::text, organisation_id) IN ( SELECT reach.kind,
    reach.organisation_id
   FROM public.governance_care_reach() reach(role, kind, organisation_id)
  WHERE (reach.role = 'governance.care_lead'::text))) OR ((mediator_id = public.governance_care_account()) AND (('dispute'::text, organisation_id) IN ( SELECT reach.kind,
    reach.organisation_id
   FROM public.governance_care_reach() reach(role, kind, organisation_id)
  WHERE (reach.role = 'governance.carer'::text))))));

CREATE POLICY held ON public.governance_disputeparty USING ((EXISTS ( SELECT 1
   FROM public.governance_dispute dispute
  WHERE ((dispute.id = governance_disputeparty.dispute_id) AND ((('dispute'::text, dispute.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))) OR ((dispute.mediator_id = public.governance_care_account()) AND (('dispute'::text, dispute.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.carer'::text)))))))));

CREATE POLICY held ON public.governance_disputestep USING ((EXISTS ( SELECT 1
   FROM public.governance_dispute dispute
  WHERE ((dispute.id = governance_disputestep.dispute_id) AND ((('dispute'::text, dispute.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))) OR ((dispute.mediator_id = public.governance_care_account()) AND (('dispute'::text, dispute.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.carer'::text)))))))));

CREATE POLICY offered ON public.governance_carerecord FOR SELECT USING ((EXISTS ( SELECT 1
   FROM public.governance_caretransfer offer
  WHERE ((offer.record_id = governance_carerecord.id) AND ((offer.state)::text = 'asked'::text) AND (((offer.kind)::text, offer.to_organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text)))))));

CREATE POLICY opened ON public.governance_careappeal USING (((EXISTS ( SELECT 1
   FROM public.governance_carerecord record
  WHERE ((record.id = governance_careappeal.record_id) AND ((((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))) OR ((record.carer_id = public.governance_care_account()) AND ((record.state)::text = 'open'::text) AND (((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.carer'::text))))) AND ((NOT record.is_locked) OR (EXISTS ( SELECT 1
           FROM public.governance_careunlock unlock
          WHERE ((unlock.record_id = record.id) AND (unlock.requested_by_id = public.governance_care_account()) AND (unlock.approved_at <= public.governance_care_now()) AND (unlock.until_at > public.governance_care_now())))))))) OR ((record_id IS NULL) AND (((kind)::text, organisation_id) IN ( SELECT reach.kind,
    reach.organisation_id
   FROM public.governance_care_reach() reach(role, kind, organisation_id)
  WHERE (reach.role = 'governance.care_lead'::text))))));

CREATE POLICY opened ON public.governance_carecontent USING ((EXISTS ( SELECT 1
   FROM public.governance_carerecord record
  WHERE ((record.id = governance_carecontent.record_id) AND ((((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))) OR ((record.carer_id = public.governance_care_account()) AND ((record.state)::text = 'open'::text) AND (((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.carer'::text))))) AND ((NOT record.is_locked) OR (EXISTS ( SELECT 1
           FROM public.governance_careunlock unlock
          WHERE ((unlock.record_id = record.id) AND (unlock.requested_by_id = public.governance_care_account()) AND (unlock.approved_at <= public.governance_care_now()) AND (unlock.until_at > public.governance_care_now())))))))));

CREATE POLICY opened ON public.governance_carehelp USING ((EXISTS ( SELECT 1
   FROM public.governance_carerecord record
  WHERE ((record.id = governance_carehelp.record_id) AND ((((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))) OR ((record.carer_id = public.governance_care_account()) AND ((record.state)::text = 'open'::text) AND (((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.carer'::text))))) AND ((NOT record.is_locked) OR (EXISTS ( SELECT 1
           FROM public.governance_careunlock unlock
          WHERE ((unlock.record_id = record.id) AND (unlock.requested_by_id = public.governance_care_account()) AND (unlock.approved_at <= public.governance_care_now()) AND (unlock.until_at > public.governance_care_now())))))))));

CREATE POLICY opened ON public.governance_careplan USING ((EXISTS ( SELECT 1
   FROM public.governance_carerecord record
  WHERE ((record.id = governance_careplan.record_id) AND ((((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))) OR ((record.carer_id = public.governance_care_account()) AND ((record.state)::text = 'open'::text) AND (((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.carer'::text))))) AND ((NOT record.is_locked) OR (EXISTS ( SELECT 1
           FROM public.governance_careunlock unlock
          WHERE ((unlock.record_id = record.id) AND (unlock.requested_by_id = public.governance_care_account()) AND (unlock.approved_at <= public.governance_care_now()) AND (unlock.until_at > public.governance_care_now())))))))));

CREATE POLICY opened ON public.governance_carevisit USING ((EXISTS ( SELECT 1
   FROM public.governance_carerecord record
  WHERE ((record.id = governance_carevisit.record_id) AND ((((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))) OR ((record.carer_id = public.governance_care_account()) AND ((record.state)::text = 'open'::text) AND (((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.carer'::text))))) AND ((NOT record.is_locked) OR (EXISTS ( SELECT 1
           FROM public.governance_careunlock unlock
          WHERE ((unlock.record_id = record.id) AND (unlock.requested_by_id = public.governance_care_account()) AND (unlock.approved_at <= public.governance_care_now()) AND (unlock.until_at > public.governance_care_now())))))))));

CREATE POLICY requested ON public.governance_careunlock FOR INSERT WITH CHECK (((EXISTS ( SELECT 1
   FROM public.governance_carerecord record
  WHERE ((record.id = governance_careunlock.record_id) AND ((((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))) OR ((record.carer_id = public.governance_care_account()) AND ((record.state)::text = 'open'::text) AND (((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.carer'::text)))))))) AND (requested_by_id = public.governance_care_account()) AND (approved_by_id IS NULL)));

CREATE POLICY seen ON public.governance_careunlock FOR SELECT USING ((EXISTS ( SELECT 1
   FROM public.governance_carerecord record
  WHERE ((record.id = governance_careunlock.record_id) AND ((((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.care_lead'::text))) OR ((record.carer_id = public.governance_care_account()) AND ((record.state)::text = 'open'::text) AND (((record.kind)::text, record.organisation_id) IN ( SELECT reach.kind,
            reach.organisation_id
           FROM public.governance_care_reach() reach(role, kind, organisation_id)
          WHERE (reach.role = 'governance.carer'::text)))))))));
INSERT INTO public.django_migrations (app, name, applied) VALUES
    ('account', '0001_initial', now()),
    ('account', '0002_email_max_length', now()),
    ('account', '0003_alter_emailaddress_create_unique_verified_email', now()),
    ('account', '0004_alter_emailaddress_drop_unique_email', now()),
    ('account', '0005_emailaddress_idx_upper_email', now()),
    ('account', '0006_emailaddress_lower', now()),
    ('account', '0007_emailaddress_idx_email', now()),
    ('account', '0008_emailaddress_unique_primary_email_fixup', now()),
    ('account', '0009_emailaddress_unique_primary_email', now()),
    ('admin', '0001_initial', now()),
    ('admin', '0002_logentry_remove_auto_add', now()),
    ('admin', '0003_logentry_add_action_flag_choices', now()),
    ('affairs', '0001_matters_and_village', now()),
    ('affairs', '0002_concerns_and_visits', now()),
    ('affairs', '0003_contradictions', now()),
    ('alerts', '0001_rules_alarms_notices', now()),
    ('alerts', '0002_tell_rule_changes', now()),
    ('auth', '0001_initial', now()),
    ('auth', '0002_alter_permission_name_max_length', now()),
    ('auth', '0003_alter_user_email_max_length', now()),
    ('auth', '0004_alter_user_username_opts', now()),
    ('auth', '0005_alter_user_last_login_null', now()),
    ('auth', '0006_require_contenttypes_0002', now()),
    ('auth', '0007_alter_validators_add_error_messages', now()),
    ('auth', '0008_alter_user_username_max_length', now()),
    ('auth', '0009_alter_user_last_name_max_length', now()),
    ('auth', '0010_alter_group_name_max_length', now()),
    ('auth', '0011_update_proxy_permissions', now()),
    ('auth', '0012_alter_user_first_name_max_length', now()),
    ('axes', '0001_initial', now()),
    ('axes', '0002_auto_20151217_2044', now()),
    ('axes', '0003_auto_20160322_0929', now()),
    ('axes', '0004_auto_20181024_1538', now()),
    ('axes', '0005_remove_accessattempt_trusted', now()),
    ('axes', '0006_remove_accesslog_trusted', now()),
    ('axes', '0007_alter_accessattempt_unique_together', now()),
    ('axes', '0008_accessfailurelog', now()),
    ('axes', '0009_add_session_hash', now()),
    ('axes', '0010_accessattemptexpiration', now()),
    ('brain', '0001_boards', now()),
    ('brain', '0002_questions', now()),
    ('brain', '0002_theme_links', now()),
    ('cases', '0001_cases', now()),
    ('cases', '0002_marks_of_lists', now()),
    ('cases', '0003_marks_are_dear', now()),
    ('connectors', '0001_first_tables', now()),
    ('connectors', '0002_states_messages', now()),
    ('contenttypes', '0001_initial', now()),
    ('contenttypes', '0002_remove_content_type_name', now()),
    ('datasets', '0001_sizes', now()),
    ('datasets', '0002_resources_versions', now()),
    ('datasets', '0003_lake_files', now()),
    ('datasets', '0004_entries_steps', now()),
    ('datasets', '0005_quality_lineage_purges', now()),
    ('datasets', '0006_visits', now()),
    ('devices', '0001_devices_series_commands_quarantine', now()),
    ('devices', '0002_observations', now()),
    ('devices', '0003_device_reports', now()),
    ('devices', '0004_days_handed_over_anew', now()),
    ('devices', '0005_positions', now()),
    ('devices', '0006_position_lake_days', now()),
    ('environment', '0001_sources_permits_results_supervision', now()),
    ('environment', '0002_shared_views', now()),
    ('environment', '0003_hours_not_as_measured', now()),
    ('environment', '0004_forecast_scores', now()),
    ('events', '0001_receipts', now()),
    ('feeds', '0001_changes_subscriptions', now()),
    ('feeds', '0002_subjects_hashed', now()),
    ('feeds', '0003_seen_rows_sealed', now()),
    ('files', '0001_stored_files_and_links', now()),
    ('forms', '0001_forms', now()),
    ('forms', '0002_central_sessions_comments', now()),
    ('forms', '0003_web_forms', now()),
    ('forms', '0004_form_reviews', now()),
    ('forms', '0005_register_sources', now()),
    ('forms', '0006_instance_names', now()),
    ('governance', '0001_care_and_disputes', now()),
    ('governance', '0002_care_row_security', now()),
    ('governance', '0003_grid_patrols_protection_trends', now()),
    ('governance', '0004_reports', now()),
    ('governance', '0005_cameras_grants_viewings', now()),
    ('grants', '0001_needs_requests_grants_uses', now()),
    ('grants', '0002_exports', now()),
    ('grants', '0003_register_channel', now()),
    ('jobs', '0001_progress_and_heartbeat', now()),
    ('kpis', '0001_measurements', now()),
    ('mfa', '0001_initial', now()),
    ('mfa', '0002_authenticator_timestamps', now()),
    ('mfa', '0003_authenticator_type_uniq', now()),
    ('oauth2_provider', '0001_initial', now()),
    ('oauth2_provider', '0002_auto_20190406_1805', now()),
    ('oauth2_provider', '0003_auto_20201211_1314', now()),
    ('oauth2_provider', '0004_auto_20200902_2022', now()),
    ('oauth2_provider', '0005_auto_20211222_2352', now()),
    ('oauth2_provider', '0006_alter_application_client_secret', now()),
    ('oauth2_provider', '0007_application_post_logout_redirect_uris', now()),
    ('oauth2_provider', '0008_alter_accesstoken_token', now()),
    ('oauth2_provider', '0009_add_hash_client_secret', now()),
    ('oauth2_provider', '0010_application_allowed_origins', now()),
    ('oauth2_provider', '0011_refreshtoken_token_family', now()),
    ('oauth2_provider', '0012_add_token_checksum', now()),
    ('oauth2_provider', '0013_alter_application_authorization_grant_type_device', now()),
    ('oauth2_provider', '0014_alter_help_text', now()),
    ('oauth2_provider', '0015_refreshtoken_token_checksum', now()),
    ('oauth2_provider', '0016_alter_devicegrant_scope', now()),
    ('oauth2_provider', '0017_application_dcr_created', now()),
    ('oauth2_provider', '0018_resource_indicators', now()),
    ('oauth2_provider', '0019_application_registration_source', now()),
    ('oauth2_provider', '0020_cimd_application_fields', now()),
    ('oauth2_provider', '0021_translatable_field_labels', now()),
    ('oauth2_provider', '0022_refreshtoken_token_family_index', now()),
    ('parties', '0001_first_tables', now()),
    ('parties', '0002_sealed_facts', now()),
    ('people', '0001_accounts_organisations_duties', now()),
    ('people', '0002_username_unique_in_any_case', now()),
    ('people', '0003_shared_cache', now()),
    ('people', '0004_organisation_uscc', now()),
    ('people', '0005_accounts_until_audit_checks', now()),
    ('pghistory', '0001_initial', now()),
    ('pghistory', '0002_aggregateevent', now()),
    ('pghistory', '0003_auto_20201023_1636', now()),
    ('pghistory', '0004_auto_20220906_1625', now()),
    ('pghistory', '0005_events_middlewareevents', now()),
    ('pghistory', '0006_delete_aggregateevent', now()),
    ('pghistory', '0007_auto_20250421_0444', now()),
    ('places', '0001_divisions', now()),
    ('procrastinate', '0001_initial', now()),
    ('procrastinate', '0002_drop_started_at_column', now()),
    ('procrastinate', '0003_drop_started_at_column', now()),
    ('procrastinate', '0004_drop_procrastinate_version_table', now()),
    ('procrastinate', '0005_fix_procrastinate_fetch_job', now()),
    ('procrastinate', '0006_fix_trigger_status_events_insert', now()),
    ('procrastinate', '0007_add_queueing_lock_column', now()),
    ('procrastinate', '0008_close_fetch_job_race_condition', now()),
    ('procrastinate', '0009_add_defer_job_function', now()),
    ('procrastinate', '0010_add_procrastinate_periodic_defers', now()),
    ('procrastinate', '0011_add_foreign_key_index', now()),
    ('procrastinate', '0012_add_locks_to_periodic_defer', now()),
    ('procrastinate', '0013_fix_procrastinate_defer_periodic_job', now()),
    ('procrastinate', '0014_add_finish_job_and_retry_job_functions', now()),
    ('procrastinate', '0015_add_trigger_on_job_deletion', now()),
    ('procrastinate', '0016_delete_finished_jobs', now()),
    ('procrastinate', '0017_add_checks_to_finish_job', now()),
    ('procrastinate', '0018_add_checks_to_retry_job', now()),
    ('procrastinate', '0019_fix_finish_job_compat_issue', now()),
    ('procrastinate', '0020_add_index_on_procrastinate_jobs', now()),
    ('procrastinate', '0021_add_kwargs_to_defer_periodic_job', now()),
    ('procrastinate', '0022_null_locks_excluded', now()),
    ('procrastinate', '0023_remove_old_finish_job_function', now()),
    ('procrastinate', '0024_job_id_bigint', now()),
    ('procrastinate', '0025_add_models', now()),
    ('procrastinate', '0026_add_job_priority', now()),
    ('procrastinate', '0027_add_periodic_job_priority', now()),
    ('procrastinate', '0028_add_cancel_states', now()),
    ('procrastinate', '0029_add_additional_params_to_retry_job', now()),
    ('procrastinate', '0030_alter_procrastinateevent_options', now()),
    ('procrastinate', '0031_add_indexes_for_fetch_job', now()),
    ('procrastinate', '0032_pre_cancel_notification', now()),
    ('procrastinate', '0033_post_cancel_notification', now()),
    ('procrastinate', '0034_pre_add_heartbeat', now()),
    ('procrastinate', '0035_post_add_heartbeat', now()),
    ('procrastinate', '0036_add_worker_model', now()),
    ('procrastinate', '0037_pre_batch_defer_jobs', now()),
    ('procrastinate', '0038_post_batch_defer_jobs', now()),
    ('procrastinate', '0039_pre_priority_lock_fetch_job', now()),
    ('procrastinate', '0040_pre_retry_failed_job', now()),
    ('procrastinate', '0041_post_retry_failed_job', now()),
    ('programme', '0001_tasks_meetings_projects_contracts', now()),
    ('programme', '0002_projects_on_their_way', now()),
    ('programme', '0003_money_and_ledger', now()),
    ('programme', '0004_people_publicity_operation', now()),
    ('programme', '0005_tasks_at_work', now()),
    ('programme', '0006_assets_controls_incidents_staff', now()),
    ('programme', '0007_indicators', now()),
    ('programme', '0008_meetings_letters_appraisal', now()),
    ('programme', '0009_answers_checked_by_another', now()),
    ('programme', '0010_projects_and_contracts_begin', now()),
    ('sessions', '0001_initial', now()),
    ('transit', '0001_editions_fleet_changes_runs', now()),
    ('transit', '0002_timetables', now()),
    ('transit', '0003_predictions_learning_scores', now()),
    ('transit', '0004_dispatch_orders', now()),
    ('transit', '0005_edition_judged', now()),
    ('transit', '0006_changes_amended_and_feeds', now()),
    ('transit', '0007_published_feeds', now()),
    ('transit', '0008_information_and_screens', now()),
    ('transit', '0009_cards_and_ledger', now()),
    ('transit', '0010_orders_to_wait', now()),
    ('transit', '0011_edition_lines_and_stops', now()),
    ('transit', '0012_terminal_media', now()),
    ('ui', '0001_saved_views', now());
